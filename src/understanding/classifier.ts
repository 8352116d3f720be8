import { BUCKETS, type Features } from './features.ts';

/** A question the classifier answers about a message ("which answer?", "which topic?") with its possible labels. */
export interface Head {
  readonly name: string;
  readonly labels: readonly string[];
}

/** Several softmax heads over the same features, trained together. Plain data: can be stored and read back. */
export interface Classifier {
  readonly heads: readonly Head[];
  /** Labels of all heads together: the columns of the heads stand one after the other. */
  readonly columns: number;
  /** Row of `weights` for each bucket; -1 for a bucket that no two phrasings share. */
  readonly rows: Int32Array;
  /** `weights[row * columns + column]`. */
  readonly weights: Float32Array;
}

/** One phrasing with its label for each head; -1 where a head has no opinion on it. */
export interface Example {
  readonly features: Features;
  readonly labels: readonly number[];
}

/** How the classifier learns; see `settings.ts`. */
export interface Training {
  readonly epochs: number;
  readonly rate: number;
}

/** Phrasings that must share a sign before it is learnt: what only one shows is learnt by heart and says nothing new. */
const MIN_SHARED = 2;
/** Errors below this teach nothing and cost time. */
const MIN_ERROR = 0.004;
/** A phrasing whose largest error is below this is skipped in the next pass. */
const LEARNT = 0.1;

/** Deterministic shuffle (mulberry32): the same files always give the same model. */
function shuffled(length: number, seed: number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, i) => i);
  let state = seed;
  for (let i = length - 1; i > 0; i--) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    const j = ((t ^ (t >>> 14)) >>> 0) % (i + 1);
    const swap = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swap;
  }
  return order;
}

/** Turns raw scores into probabilities, in place. */
function softmax(scores: Float32Array, from: number, to: number): void {
  let max = Number.NEGATIVE_INFINITY;
  for (let c = from; c < to; c++) max = Math.max(max, scores[c] as number);
  let sum = 0;
  for (let c = from; c < to; c++) {
    const e = Math.exp((scores[c] as number) - max);
    scores[c] = e;
    sum += e;
  }
  for (let c = from; c < to; c++) scores[c] = (scores[c] as number) / sum;
}

/** Adds up the weights of the features; `indices` are rows, -1 is skipped. */
function rawScores(
  weights: Float32Array,
  rows: Int32Array,
  { indices, values }: Features,
  scores: Float32Array,
): void {
  scores.fill(0);
  const columns = scores.length;
  for (let f = 0; f < indices.length; f++) {
    const row = rows[indices[f] as number] as number;
    if (row < 0) continue;
    const value = values[f] as number;
    const from = row * columns;
    for (let c = 0; c < columns; c++) {
      scores[c] = (scores[c] as number) + value * (weights[from + c] as number);
    }
  }
}

/** Numbers the buckets that at least two examples share. The table stays small enough for the processor's cache. */
function rowsOf(examples: readonly Example[]): { readonly rows: Int32Array; readonly count: number } {
  const seen = new Uint16Array(BUCKETS);
  for (const { features } of examples) {
    for (const index of features.indices) seen[index] = Math.min((seen[index] as number) + 1, MIN_SHARED);
  }
  const rows = new Int32Array(BUCKETS).fill(-1);
  let count = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) if (seen[bucket] === MIN_SHARED) rows[bucket] = count++;
  return { rows, count };
}

/** Turns scores into errors (probability minus truth) in place; the largest one tells how much is left to learn. */
function errorsOf(heads: readonly Head[], labels: readonly number[], scores: Float32Array): number {
  let from = 0;
  let largest = 0;
  heads.forEach((head, h) => {
    const to = from + head.labels.length;
    const label = labels[h] ?? -1;
    if (label >= 0) {
      softmax(scores, from, to);
      scores[from + label] = (scores[from + label] as number) - 1;
      largest = Math.max(largest, -(scores[from + label] as number));
    } else scores.fill(0, from, to);
    from = to;
  });
  return largest;
}

/** Multinomial logistic regression by stochastic gradient descent with a falling rate. */
export function train(heads: readonly Head[], examples: readonly Example[], training: Training): Classifier {
  const columns = heads.reduce((sum, head) => sum + head.labels.length, 0);
  const { rows, count } = rowsOf(examples);
  const weights = new Float32Array(count * columns);
  const scores = new Float32Array(columns);
  const wrong = new Int32Array(columns);
  const rest = new Uint8Array(examples.length);
  for (let epoch = 0; epoch < training.epochs; epoch++) {
    const rate = training.rate * (1 - epoch / training.epochs) + 0.05;
    for (const at of shuffled(examples.length, epoch + 1)) {
      if (rest[at] === 1) {
        rest[at] = 0;
        continue;
      }
      const { features, labels } = examples[at] as Example;
      rawScores(weights, rows, features, scores);
      if (errorsOf(heads, labels, scores) < LEARNT) rest[at] = 1;
      let wrongs = 0;
      for (let c = 0; c < columns; c++) if (Math.abs(scores[c] as number) > MIN_ERROR) wrong[wrongs++] = c;
      const { indices, values } = features;
      for (let f = 0; f < indices.length; f++) {
        const row = rows[indices[f] as number] as number;
        if (row < 0) continue;
        const from = row * columns;
        const step = rate * (values[f] as number);
        for (let w = 0; w < wrongs; w++) {
          const c = wrong[w] as number;
          weights[from + c] = (weights[from + c] as number) - step * (scores[c] as number);
        }
      }
    }
  }
  return { heads, columns, rows, weights };
}

/** Log-probabilities of every label of every head, in the order of the columns. */
export function logProbabilities(classifier: Classifier, features: Features): Float32Array {
  const scores = new Float32Array(classifier.columns);
  rawScores(classifier.weights, classifier.rows, features, scores);
  let from = 0;
  for (const head of classifier.heads) {
    const to = from + head.labels.length;
    softmax(scores, from, to);
    for (let c = from; c < to; c++) scores[c] = Math.log(Math.max(scores[c] as number, 1e-9));
    from = to;
  }
  return scores;
}
