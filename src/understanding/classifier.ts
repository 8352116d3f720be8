import { BUCKETS, type Features } from './features.ts';

/** A question the classifier answers about a message ("which answer?", "which topic?") with its possible labels. */
export interface Head {
  readonly name: string;
  readonly labels: readonly string[];
}

/** Several softmax heads over the same features, trained together. Plain data: can be stored and read back. */
export interface Classifier {
  readonly heads: readonly Head[];
  /** `weights[bucket * columns + column]`; the columns of the heads stand one after the other. */
  readonly weights: Float32Array;
  readonly columns: number;
}

/** One phrasing with its label for each head; -1 where a head has no opinion on it. */
export interface Example {
  readonly features: Features;
  readonly labels: readonly number[];
}

/** Found with `npm run evaluate -- --tune`. */
const EPOCHS = 8;
const RATE = 1.1;
/** Phrasings that must share a sign before it is learnt. */
const MIN_SHARED = 2;
/** Errors below this teach nothing and cost time. */
const MIN_ERROR = 0.004;

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

function rawScores(weights: Float32Array, columns: number, features: Features, into: Float32Array): void {
  into.fill(0);
  const { indices, values } = features;
  for (let f = 0; f < indices.length; f++) {
    const row = (indices[f] as number) * columns;
    const value = values[f] as number;
    for (let c = 0; c < columns; c++) into[c] = (into[c] as number) + value * (weights[row + c] as number);
  }
}

/**
 * Leaves out what only one example shows: a sign seen once is learnt by heart and says nothing about new messages.
 */
function withoutRare(examples: readonly Example[]): readonly Example[] {
  const seen = new Uint32Array(BUCKETS);
  for (const { features } of examples)
    for (const index of features.indices) seen[index] = (seen[index] as number) + 1;
  return examples.map(({ features, labels }) => {
    const kept = [...features.indices.keys()].filter(
      (i) => (seen[features.indices[i] as number] as number) >= MIN_SHARED,
    );
    return {
      labels,
      features: {
        indices: Uint32Array.from(kept, (i) => features.indices[i] as number),
        values: Float32Array.from(kept, (i) => features.values[i] as number),
      },
    };
  });
}

/** Multinomial logistic regression by stochastic gradient descent with a falling rate. */
export function train(heads: readonly Head[], examples: readonly Example[]): Classifier {
  const columns = heads.reduce((sum, head) => sum + head.labels.length, 0);
  const weights = new Float32Array(BUCKETS * columns);
  const common = withoutRare(examples);
  const scores = new Float32Array(columns);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = RATE * (1 - epoch / EPOCHS) + 0.05;
    for (const at of shuffled(common.length, epoch + 1)) {
      const example = common[at] as Example;
      rawScores(weights, columns, example.features, scores);
      let from = 0;
      heads.forEach((head, h) => {
        const to = from + head.labels.length;
        const label = example.labels[h] ?? -1;
        if (label >= 0) {
          softmax(scores, from, to);
          scores[from + label] = (scores[from + label] as number) - 1;
        } else scores.fill(0, from, to);
        from = to;
      });
      const wrong: number[] = [];
      for (let c = 0; c < columns; c++) if (Math.abs(scores[c] as number) > MIN_ERROR) wrong.push(c);
      if (wrong.length === 0) continue;
      const { indices, values } = example.features;
      for (let f = 0; f < indices.length; f++) {
        const row = (indices[f] as number) * columns;
        const step = rate * (values[f] as number);
        for (const c of wrong) weights[row + c] = (weights[row + c] as number) - step * (scores[c] as number);
      }
    }
  }
  return { heads, weights, columns };
}

/**
 * Log-probabilities of every label of every head, in the order of the columns.
 */
export function logProbabilities(classifier: Classifier, features: Features): Float32Array {
  const scores = new Float32Array(classifier.columns);
  rawScores(classifier.weights, classifier.columns, features, scores);
  let from = 0;
  for (const head of classifier.heads) {
    const to = from + head.labels.length;
    softmax(scores, from, to);
    for (let c = from; c < to; c++) scores[c] = Math.log(Math.max(scores[c] as number, 1e-9));
    from = to;
  }
  return scores;
}
