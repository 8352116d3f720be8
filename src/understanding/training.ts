import { addRows, type Classifier, type Rows, withRows } from './classifier.ts';
import { BUCKETS, type Features } from './features.ts';

/** One phrasing with its label. */
export interface Example {
  readonly features: Features;
  /** Its place among the labels. */
  readonly label: number;
}

/** How the classifier learns; see `settings.ts`. */
export interface Training {
  readonly epochs: number;
  readonly rate: number;
  /** Share of the signs of a phrasing that is hidden at each visit, so that no sign is relied on alone. */
  readonly hidden: number;
  /** Times that all is learnt anew, each in another order; the mean of them leans less on chance. */
  readonly runs: number;
}

/** Phrasings that must share a sign before it is learnt: what one or two show is learnt by heart and says nothing new. */
const MIN_SHARED = 3;
/** Errors below this teach nothing and cost time. */
const MIN_ERROR = 0.01;
/** A phrasing whose largest error is below this is skipped in the next pass. */
const LEARNT = 0.1;

/** A sign of this many natural logarithms of rarity, one phrasing in 150, counts as it is. */
const TELLING = 5;
/** Added to what a weight has moved so far, so that its first step is no leap. */
const STEADY = 0.01;
const LARGEST_BYTE = 127;

/** A repeatable stream of whole numbers (mulberry32): the same files always give the same model. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = random() % (i + 1);
    const swap = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swap;
  }
}

/** Turns raw scores into probabilities, in place. */
function softmax(scores: Float32Array): void {
  let max = Number.NEGATIVE_INFINITY;
  for (const score of scores) max = Math.max(max, score);
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const e = Math.exp((scores[c] as number) - max);
    scores[c] = e;
    sum += e;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] as number) / sum;
}

/** The signs of one visit to an example. Made once; each visit writes over the one before. */
interface Seen extends Rows {
  count: number;
}

/** How many examples show each bucket. */
function countBuckets(examples: readonly Example[]): Uint32Array {
  const counts = new Uint32Array(BUCKETS);
  for (const { features } of examples) {
    for (const index of features.indices) counts[index] = (counts[index] as number) + 1;
  }
  return counts;
}

/** The signs that are learnt: a row for each bucket that enough examples share. */
interface Signs {
  readonly rows: Int32Array;
  /** How telling each row is: what stands in few examples says more than what stands in most (tf-idf). */
  readonly telling: Float32Array;
}

/** The rows of frequent signs stand together, so that most of what a message needs is in the processor's cache. */
function signsOf(counts: Uint32Array, examples: number): Signs {
  const shared = [...counts.keys()]
    .filter((bucket) => (counts[bucket] as number) >= MIN_SHARED)
    .sort((a, b) => (counts[b] as number) - (counts[a] as number));
  const rows = new Int32Array(counts.length).fill(-1);
  shared.forEach((bucket, row) => {
    rows[bucket] = row;
  });
  const telling = Float32Array.from(
    shared,
    (bucket) => Math.log(1 + examples / (counts[bucket] as number)) / TELLING,
  );
  return { rows, telling };
}

/** Turns scores into errors (probability minus truth) in place; that of the label tells how much is left to learn. */
function errorsOf(label: number, scores: Float32Array): number {
  softmax(scores);
  scores[label] = (scores[label] as number) - 1;
  return -(scores[label] as number);
}

/** Hides a share of the features; the others grow, so that the whole stays as long. */
function hide({ indices, values }: Features, hidden: number, random: () => number, seen: Seen): void {
  const least = hidden * 2 ** 32;
  const grown = 1 / (1 - hidden);
  let count = 0;
  for (let f = 0; f < indices.length; f++) {
    if (random() < least) continue;
    seen.indices[count] = indices[f] as number;
    seen.values[count++] = (values[f] as number) * grown;
  }
  seen.count = count;
}

/**
 * Multinomial logistic regression by stochastic gradient descent. The steps of a weight shrink with what it has moved
 * already (AdaGrad): a rare sign learns as much from its few phrasings as a frequent one from its many.
 */
export function train(
  labels: readonly string[],
  examples: readonly Example[],
  training: Training,
): Classifier {
  const columns = labels.length;
  const { rows, telling } = signsOf(countBuckets(examples), examples.length);
  const known = examples.map(({ features }) => {
    const { indices, values } = withRows(features, rows);
    return { indices, values: values.map((value, f) => value * (telling[indices[f] as number] as number)) };
  });
  const mean = new Float32Array(telling.length * columns);
  for (let run = 0; run < training.runs; run++) {
    const weights = descend(columns, examples, known, mean.length, training, run + 1);
    for (let at = 0; at < mean.length; at++)
      mean[at] = (mean[at] as number) + (weights[at] as number) / training.runs;
  }
  // From here on the weights know how telling their signs are.
  for (let at = 0; at < mean.length; at++) {
    mean[at] = (mean[at] as number) * (telling[Math.floor(at / columns)] as number);
  }
  return { labels, rows, ...rounded(mean, columns) };
}

/** Learns once. */
function descend(
  columns: number,
  examples: readonly Example[],
  known: readonly Features[],
  size: number,
  training: Training,
  seed: number,
): Float32Array {
  const weights = new Float32Array(size);
  const moved = new Float32Array(size).fill(STEADY);
  const scores = new Float32Array(columns);
  const wrong = new Int32Array(columns);
  const rest = new Uint8Array(examples.length);
  const most = known.reduce((longest, { indices }) => Math.max(longest, indices.length), 0);
  const seen: Seen = { indices: new Uint32Array(most), values: new Float32Array(most), count: 0 };
  const random = createRandom(seed);
  const order = Uint32Array.from(examples, (_, i) => i);
  for (let epoch = 0; epoch < training.epochs; epoch++) {
    const rate = training.rate * (1 - epoch / training.epochs);
    shuffle(order, random);
    for (const at of order) {
      if (rest[at] === 1) {
        rest[at] = 0;
        continue;
      }
      hide(known[at] as Features, training.hidden, random, seen);
      scores.fill(0);
      addRows(weights, seen, scores);
      if (errorsOf((examples[at] as Example).label, scores) < LEARNT) rest[at] = 1;
      let wrongs = 0;
      for (let c = 0; c < columns; c++) if (Math.abs(scores[c] as number) > MIN_ERROR) wrong[wrongs++] = c;
      for (let f = 0; f < seen.count; f++) {
        const from = (seen.indices[f] as number) * columns;
        const value = seen.values[f] as number;
        for (let w = 0; w < wrongs; w++) {
          const c = wrong[w] as number;
          const slope = value * (scores[c] as number);
          const sum = (moved[from + c] as number) + slope * slope;
          moved[from + c] = sum;
          weights[from + c] = (weights[from + c] as number) - (rate * slope) / Math.sqrt(sum);
        }
      }
    }
  }
  return weights;
}

/** Weights as bytes: what a weight is to its row's largest one, in 127 steps. Answers are the same, and a quarter of the memory. */
function rounded(weights: Float32Array, columns: number): Pick<Classifier, 'weights' | 'scales'> {
  const scales = new Float32Array(weights.length / columns);
  const bytes = new Int8Array(weights.length);
  for (let row = 0; row < scales.length; row++) {
    const from = row * columns;
    let most = 0;
    for (let at = from; at < from + columns; at++) most = Math.max(most, Math.abs(weights[at] as number));
    if (most === 0) continue;
    const scale = most / LARGEST_BYTE;
    scales[row] = scale;
    for (let at = from; at < from + columns; at++) bytes[at] = Math.round((weights[at] as number) / scale);
  }
  return { weights: bytes, scales };
}
