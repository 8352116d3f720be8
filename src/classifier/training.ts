import { seededRandom } from '../random.ts';
import { addRows, type Classifier } from './classifier.ts';
import { average, type Learnt } from './ensemble.ts';
import { BUCKETS, type Features } from './features.ts';

/** How the classifier learns. */
export interface Training {
  /** Passes over the phrasings. */
  readonly epochs: number;
  /** Learners that begin in different places; their mean is kept. */
  readonly learners: number;
  /** Units of the hidden layer of each. */
  readonly units: number;
  /** First steps, which fall to nearly nothing: of what signs say for labels, of what they say for units, of what units say. */
  readonly rate: number;
  readonly unitRate: number;
  readonly outputRate: number;
  /** Share of the signs of a phrasing that is hidden at each visit, so that no sign is relied on alone. */
  readonly hiddenSigns: number;
  /** The same for units. */
  readonly hiddenUnits: number;
}

/** One phrasing with its label. */
export interface Example {
  readonly features: Features;
  /** Its place among the labels. */
  readonly label: number;
}

/** Phrasings that must share a sign before it is learnt: what one or two show is learnt by heart and says nothing new. */
const MIN_SHARED = 3;
/** Errors below this teach nothing and cost time. */
const MIN_ERROR = 0.003;
/** A phrasing whose largest error is below this is skipped in the next pass. */
const LEARNT = 0.1;

/** A sign of this many natural logarithms of rarity, one phrasing in 150, counts as it is. */
const TELLING = 5;
/** Added to what a weight has moved so far, so that its first step is no leap. */
const STEADY = 0.01;
/** The weights of units begin somewhere between minus and plus this; what units say, this by the root of their number. */
const BEGIN = 0.17;
const BEGIN_OUTPUT = 1.7;
/** Where chance begins; each further learner begins one after it. */
const SEED = 2;
const LARGEST_BYTE = 127;

function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
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

/** The signs, or units, of one visit to an example: the first `count`. Made once; each visit writes over the one before. */
interface Seen extends Features {
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

/**
 * Weights that learn by gradient descent. The steps of a weight shrink with what it has moved already (AdaGrad): a rare
 * sign learns as much from its few phrasings as a frequent one from its many.
 */
class Layer {
  readonly weights: Float32Array;
  readonly #moved: Float32Array;

  constructor(size: number, begin: (at: number) => number) {
    this.weights = Float32Array.from({ length: size }, (_, at) => begin(at));
    this.#moved = new Float32Array(size).fill(STEADY);
  }

  step(at: number, slope: number, rate: number): void {
    const sum = (this.#moved[at] as number) + slope * slope;
    this.#moved[at] = sum;
    this.weights[at] = (this.weights[at] as number) - (rate * slope) / Math.sqrt(sum);
  }
}

/** What several learners learn from, in a few long arrays that threads share instead of copying them. */
export interface Course {
  readonly labels: readonly string[];
  readonly training: Training;
  readonly signs: Signs;
  /** The label of each example. */
  readonly truths: Uint32Array;
  /** Where the signs of each example begin; where those of the last one end. */
  readonly starts: Uint32Array;
  /** Rows of signs, each with what it counts for. */
  readonly features: Features;
}

export function prepareCourse(
  labels: readonly string[],
  examples: readonly Example[],
  training: Training,
): Course {
  const signs = signsOf(countBuckets(examples), examples.length);
  const most = examples.reduce((sum, { features }) => sum + features.indices.length, 0);
  const truths = sharedNumbers(examples.length);
  const starts = sharedNumbers(examples.length + 1);
  const features = {
    indices: sharedNumbers(most),
    values: new Float32Array(new SharedArrayBuffer(most * Float32Array.BYTES_PER_ELEMENT)),
  };
  let end = 0;
  examples.forEach(({ features: { indices, values }, label }, at) => {
    for (let f = 0; f < indices.length; f++) {
      const row = signs.rows[indices[f] as number] as number;
      if (row < 0) continue;
      features.indices[end] = row;
      features.values[end++] = (values[f] as number) * (signs.telling[row] as number);
    }
    truths[at] = label;
    starts[at + 1] = end;
  });
  return { labels, training, signs, truths, starts, features };
}

function sharedNumbers(count: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(count * Uint32Array.BYTES_PER_ELEMENT));
}

/** The learners of a course, each by its number. They know nothing of each other. */
export function learnersOf({ training }: Course): number[] {
  return Array.from({ length: training.learners }, (_, learner) => learner);
}

/** What one learner finds, from an order of chance that is the same each time. Takes many seconds. */
export function descend(course: Course, learner: number): Learnt {
  const { training, truths } = course;
  const random = seededRandom(SEED + learner);
  const one = new Learner(course, random);
  const rest = new Uint8Array(truths.length);
  const order = Uint32Array.from(truths, (_, i) => i);
  for (let epoch = 0; epoch < training.epochs; epoch++) {
    const left = 1 - epoch / training.epochs;
    shuffle(order, random);
    for (const at of order) {
      if (rest[at] === 1) rest[at] = 0;
      else if (one.visit(at, left) < LEARNT) rest[at] = 1;
    }
  }
  return one.weights();
}

/** What all learners of a course find, one after the other. */
export function learnInTurn(course: Course): Learnt[] {
  return learnersOf(course).map((learner) => descend(course, learner));
}

/** @param learnt what each learner of the course found, in their order */
export function joinLearners(
  { labels, signs: { rows, telling } }: Course,
  learnt: readonly Learnt[],
): Classifier {
  const { signs, bias, output } = average(learnt, labels.length);
  const columns = bias.length;
  // From here on the weights know how telling their signs are. Changed in place: they take a hundred megabytes.
  for (let at = 0; at < signs.length; at++)
    signs[at] = (signs[at] as number) * (telling[Math.floor(at / columns)] as number);
  return { labels, rows, ...rounded(signs, columns), bias, output };
}

/** Learns from examples, one learner after the other. */
export function train(
  labels: readonly string[],
  examples: readonly Example[],
  training: Training,
): Classifier {
  const course = prepareCourse(labels, examples, training);
  return joinLearners(course, learnInTurn(course));
}

/** The weights of a classifier while it learns, and room for one visit to an example. */
class Learner {
  readonly #course: Course;
  readonly #labels: number;
  readonly #columns: number;
  readonly #random: () => number;
  readonly #signs: Layer;
  readonly #bias: Layer;
  readonly #output: Layer;
  readonly #seen: Seen = { indices: new Uint32Array(BUCKETS), values: new Float32Array(BUCKETS), count: 0 };
  readonly #active: Seen;
  readonly #sums: Float32Array;
  /** How wrong each label is: the first part of the sums. */
  readonly #errors: Float32Array;
  /** Columns of the signs, labels and units, that were wrong, with the slope of each and the step to take: the first `count`. */
  readonly #wrong: Seen;
  readonly #rates: Float32Array;

  constructor(course: Course, random: () => number) {
    const labels = course.labels.length;
    const rows = course.signs.telling.length;
    const { units } = course.training;
    const columns = labels + units;
    const between = (most: number) => (2 * random() - 1) * most;
    this.#course = course;
    this.#labels = labels;
    this.#columns = columns;
    this.#random = random;
    this.#signs = new Layer(rows * columns, (at) => (at % columns < labels ? 0 : between(BEGIN)));
    this.#bias = new Layer(columns, () => 0);
    this.#output = new Layer(units * labels, () => between(BEGIN_OUTPUT / Math.sqrt(units)));
    this.#active = { indices: new Uint32Array(units), values: new Float32Array(units), count: 0 };
    this.#sums = new Float32Array(columns);
    this.#errors = this.#sums.subarray(0, labels);
    this.#rates = new Float32Array(columns);
    this.#wrong = { indices: new Uint32Array(columns), values: new Float32Array(columns), count: 0 };
  }

  weights(): Learnt {
    return { signs: this.#signs.weights, bias: this.#bias.weights, output: this.#output.weights };
  }

  /**
   * Learns from one example.
   *
   * @param at its place in the course
   * @param left share of the first steps that is left
   * @returns how far its label was from certain
   */
  visit(at: number, left: number): number {
    this.#look(at);
    const missing = errorsOf(this.#course.truths[at] as number, this.#errors);
    this.#wrong.count = 0;
    this.#findWrongLabels(left);
    this.#findWrongUnits(left);
    this.#correct();
    return missing;
  }

  /** What it would answer, with a share of signs and units hidden. */
  #look(at: number): void {
    this.#showSigns(at);
    this.#sums.set(this.#bias.weights);
    addRows(this.#signs.weights, this.#seen, this.#sums, this.#seen.count);
    this.#exciteUnits();
    addRows(this.#output.weights, this.#active, this.#errors, this.#active.count);
  }

  /** Signs that are not hidden; they grow, so that the whole stays as long. */
  #showSigns(at: number): void {
    const { features, starts, training } = this.#course;
    const grown = 1 / (1 - training.hiddenSigns);
    const to = starts[at + 1] as number;
    const seen = this.#seen;
    seen.count = 0;
    for (let f = starts[at] as number; f < to; f++) {
      if (this.#random() < training.hiddenSigns) continue;
      seen.indices[seen.count] = features.indices[f] as number;
      seen.values[seen.count++] = (features.values[f] as number) * grown;
    }
  }

  /** Units that the signs excite and that are not hidden; they grow too. */
  #exciteUnits(): void {
    const { hiddenUnits, units } = this.#course.training;
    const grown = 1 / (1 - hiddenUnits);
    const active = this.#active;
    active.count = 0;
    for (let unit = 0; unit < units; unit++) {
      const value = this.#sums[this.#labels + unit] as number;
      if (value <= 0 || this.#random() < hiddenUnits) continue;
      active.indices[active.count] = unit;
      active.values[active.count++] = value * grown;
    }
  }

  #isWrong(column: number, slope: number, rate: number): void {
    this.#rates[this.#wrong.count] = rate;
    this.#wrong.indices[this.#wrong.count] = column;
    this.#wrong.values[this.#wrong.count++] = slope;
  }

  #findWrongLabels(left: number): void {
    const rate = this.#course.training.rate * left;
    for (let label = 0; label < this.#labels; label++) {
      const error = this.#errors[label] as number;
      if (Math.abs(error) > MIN_ERROR) this.#isWrong(label, error, rate);
    }
  }

  /** Each active unit is as wrong as what it says for the wrong labels; what it says is corrected on the way. */
  #findWrongUnits(left: number): void {
    const rate = this.#course.training.unitRate * left;
    const outputRate = this.#course.training.outputRate * left;
    const { indices, values, count } = this.#wrong;
    for (let a = 0; a < this.#active.count; a++) {
      const unit = this.#active.indices[a] as number;
      const value = this.#active.values[a] as number;
      let slope = 0;
      for (let w = 0; w < count; w++) {
        const at = unit * this.#labels + (indices[w] as number);
        slope += (this.#output.weights[at] as number) * (values[w] as number);
        this.#output.step(at, value * (values[w] as number), outputRate);
      }
      this.#isWrong(this.#labels + unit, slope / (1 - this.#course.training.hiddenUnits), rate);
    }
  }

  /** Moves the bias and what the signs say for all that was wrong. */
  #correct(): void {
    const { indices: columns, values: slopes, count } = this.#wrong;
    const rates = this.#rates;
    for (let w = 0; w < count; w++) {
      this.#bias.step(columns[w] as number, slopes[w] as number, rates[w] as number);
    }
    for (let f = 0; f < this.#seen.count; f++) {
      const from = (this.#seen.indices[f] as number) * this.#columns;
      const value = this.#seen.values[f] as number;
      for (let w = 0; w < count; w++) {
        this.#signs.step(from + (columns[w] as number), value * (slopes[w] as number), rates[w] as number);
      }
    }
  }
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
