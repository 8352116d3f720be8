import type { Features } from './features.ts';

/**
 * How well each label fits a message: logistic regression beside a hidden layer. Signs that mean much the same excite
 * the same units, so what was learnt of one helps the others. Plain data: can be stored and read back.
 */
export interface Classifier {
  readonly labels: readonly string[];
  /** Row of `weights` for each bucket; -1 for a bucket that too few phrasings share. */
  readonly rows: Int32Array;
  /** What a sign says for each label, then for each unit: a byte each, times the scale of its row, so that a message touches little memory. */
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  /** What each label and each unit begin with: as many as a row is long. */
  readonly bias: Float32Array;
  /** What each unit says for each label: `output[unit * labels.length + label]`. */
  readonly output: Float32Array;
}

/** No label is less likely than one in a thousand million. */
const LEAST_LOG = Math.log(1e-9);

/** The features that have a row, as rows. */
export function withRows({ indices, values }: Features, rows: Int32Array): Features {
  const found = { indices: new Uint32Array(indices.length), values: new Float32Array(values.length) };
  let count = 0;
  for (let f = 0; f < indices.length; f++) {
    const row = rows[indices[f] as number] as number;
    if (row < 0) continue;
    found.indices[count] = row;
    found.values[count++] = values[f] as number;
  }
  return { indices: found.indices.subarray(0, count), values: found.values.subarray(0, count) };
}

/**
 * Adds up the weights of the rows, the first `count` of them, each times its value. Four rows at a time: reading and
 * writing the scores costs as much as multiplying, and this halves the time of a message.
 */
export function addRows(
  weights: Int8Array | Float32Array,
  { indices, values }: Features,
  scores: Float32Array | Float64Array,
  count = indices.length,
): void {
  const columns = scores.length;
  const inFours = count - (count % 4);
  for (let f = 0; f < inFours; f += 4) {
    const a = (indices[f] as number) * columns;
    const b = (indices[f + 1] as number) * columns;
    const c = (indices[f + 2] as number) * columns;
    const d = (indices[f + 3] as number) * columns;
    const ofA = values[f] as number;
    const ofB = values[f + 1] as number;
    const ofC = values[f + 2] as number;
    const ofD = values[f + 3] as number;
    for (let at = 0; at < columns; at++) {
      scores[at] =
        (scores[at] as number) +
        ofA * (weights[a + at] as number) +
        ofB * (weights[b + at] as number) +
        ofC * (weights[c + at] as number) +
        ofD * (weights[d + at] as number);
    }
  }
  for (let f = inFours; f < count; f++) {
    const from = (indices[f] as number) * columns;
    const value = values[f] as number;
    for (let at = 0; at < columns; at++)
      scores[at] = (scores[at] as number) + value * (weights[from + at] as number);
  }
}

/** Turns raw scores into the logarithms of probabilities, in place. */
function logSoftmax(scores: Float64Array): void {
  let max = Number.NEGATIVE_INFINITY;
  for (const score of scores) max = Math.max(max, score);
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - max);
  const whole = max + Math.log(sum);
  for (let at = 0; at < scores.length; at++) scores[at] = Math.max((scores[at] as number) - whole, LEAST_LOG);
}

/** The units that a message excites, with how much. */
export function excited(units: Float32Array | Float64Array): Features {
  const indices = new Uint32Array(units.length);
  const values = new Float32Array(units.length);
  let count = 0;
  for (let unit = 0; unit < units.length; unit++) {
    const value = units[unit] as number;
    if (value <= 0) continue;
    indices[count] = unit;
    values[count++] = value;
  }
  return { indices: indices.subarray(0, count), values: values.subarray(0, count) };
}

/** Log-probabilities of the labels, in their order. */
export function logProbabilities(classifier: Classifier, features: Features): Float64Array {
  const { labels, rows, weights, scales, bias, output } = classifier;
  const known = withRows(features, rows);
  for (let f = 0; f < known.indices.length; f++) {
    known.values[f] = (known.values[f] as number) * (scales[known.indices[f] as number] as number);
  }
  const sums = Float64Array.from(bias);
  addRows(weights, known, sums);
  const scores = sums.subarray(0, labels.length);
  addRows(output, excited(sums.subarray(labels.length)), scores);
  logSoftmax(scores);
  return scores;
}
