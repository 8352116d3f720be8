import type { Mention } from './lexicon.ts';

/** Number of hash buckets; a power of two. 2^17 keeps collisions below the noise of the evaluation. */
export const BUCKETS = 2 ** 17;

/** A sparse vector: `indices[i]` has the value `values[i]`. */
export interface Features {
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/** How much each family of features counts. Found with `npm run evaluate -- --tune`. */
export interface FamilyWeights {
  readonly words: number;
  readonly pairs: number;
  readonly characters: number;
  readonly concepts: number;
  readonly conceptPairs: number;
}

export const FAMILY_WEIGHTS: FamilyWeights = {
  words: 1,
  pairs: 0.7,
  characters: 1,
  concepts: 1.2,
  conceptPairs: 0.8,
};

const GRAM_LENGTHS = [3, 4, 5];
/** Concepts of a long story beyond this count are dropped from the pairs, which grow with the square. */
const MAX_PAIRED_CONCEPTS = 14;

/** FNV-1a, 32 bits. */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

function hash(text: string, seed: number, from = 0, to = text.length): number {
  let h = FNV_OFFSET ^ seed;
  for (let i = from; i < to; i++) {
    h ^= text.charCodeAt(i);
    h = Math.imul(h, FNV_PRIME);
  }
  h ^= h >>> 15;
  return (h >>> 0) & (BUCKETS - 1);
}

/** Gathers the features of one message: counts in a scratch array as wide as the buckets, read back and wiped after each family. */
class Gatherer {
  readonly #counts = new Uint16Array(BUCKETS);
  readonly #values = new Float32Array(BUCKETS);
  #touched: number[] = [];
  #family: number[] = [];

  add(index: number): void {
    if (this.#counts[index] === 0) this.#family.push(index);
    this.#counts[index] = (this.#counts[index] as number) + 1;
  }

  /** Ends a family of features; as a whole it has the length `weight`, however long the message. */
  endFamily(weight: number): void {
    let squares = 0;
    for (const index of this.#family) squares += this.#counts[index] as number;
    const scale = weight / Math.sqrt(squares);
    for (const index of this.#family) {
      if (this.#values[index] === 0) this.#touched.push(index);
      this.#values[index] =
        (this.#values[index] as number) + Math.sqrt(this.#counts[index] as number) * scale;
      this.#counts[index] = 0;
    }
    this.#family = [];
  }

  /** The features gathered; the gatherer is empty again. */
  take(): Features {
    const indices = Uint32Array.from(this.#touched);
    const values = Float32Array.from(indices, (index) => this.#values[index] as number);
    for (const index of indices) this.#values[index] = 0;
    this.#touched = [];
    return { indices, values };
  }
}

/** Wide arrays are made once; between two messages the gatherer is empty. */
const gatherer = new Gatherer();

/**
 * What a message looks like to the classifier: its words, word pairs, character n-grams inside words,
 * concepts and pairs of concepts.
 *
 * @param tokens plain words, in order
 * @param mentions concepts found in them
 */
export function extractFeatures(
  tokens: readonly string[],
  mentions: readonly Mention[],
  weights: FamilyWeights = FAMILY_WEIGHTS,
): Features {
  for (const token of tokens) gatherer.add(hash(token, 1));
  gatherer.endFamily(weights.words);
  for (let i = 0; i <= tokens.length; i++)
    gatherer.add(hash(`${tokens[i - 1] ?? '^'} ${tokens[i] ?? '$'}`, 2));
  gatherer.endFamily(weights.pairs);
  for (const token of tokens) {
    const padded = ` ${token} `;
    for (const length of GRAM_LENGTHS) {
      for (let i = 0; i + length <= padded.length; i++) gatherer.add(hash(padded, 3, i, i + length));
    }
  }
  gatherer.endFamily(weights.characters);
  const concepts = [...new Set(mentions.map((mention) => mention.concept))];
  for (const concept of concepts.length === 0 ? ['none'] : concepts) gatherer.add(hash(concept, 4));
  gatherer.endFamily(weights.concepts);
  const paired = concepts.slice(0, MAX_PAIRED_CONCEPTS).sort();
  for (let i = 0; i < paired.length; i++) {
    for (let j = i + 1; j < paired.length; j++) gatherer.add(hash(`${paired[i]}+${paired[j]}`, 5));
  }
  gatherer.endFamily(weights.conceptPairs);
  return gatherer.take();
}
