import type { Reading } from './reading.ts';
import type { FamilyWeights } from './settings.ts';

/** Number of hash buckets; a power of two. 2^17 keeps collisions below the noise of the evaluation. */
export const BUCKETS = 2 ** 17;

/** A sparse vector: `indices[i]` has the value `values[i]`. */
export interface Features {
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

const GRAM_LENGTHS = [3, 4, 5];
/** Concepts of a long story beyond these counts are dropped from the pairs and triples, whose number grows faster than the message. */
const MAX_PAIRED_CONCEPTS = 14;
const MAX_TRIPLED_CONCEPTS = 8;
/** Messages of this many words and more are all "long"; shorter ones are told apart by two words. */
const LONG = 16;

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
    if (squares === 0) return;
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

/** How many strange words there are, in steps that a message of any length can take: none, one, a few, many. */
function strangeness(count: number): string {
  return count < 2 ? String(count) : count < 4 ? 'a few' : 'many';
}

function addWords(tokens: readonly string[], weights: FamilyWeights): void {
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
  gatherer.add(hash(`${Math.floor(Math.min(tokens.length, LONG) / 2)}`, 6));
  gatherer.add(hash(`first ${tokens[0]}`, 6));
  gatherer.add(hash(`first ${tokens[0]} ${tokens[1]}`, 6));
  gatherer.add(hash(`last ${tokens.at(-1)}`, 6));
  gatherer.endFamily(weights.edges);
}

function addConcepts({ mentions, strange }: Reading, weights: FamilyWeights): void {
  const concepts = [...new Set(mentions.map((mention) => mention.concept))];
  for (const concept of concepts.length === 0 ? ['none'] : concepts) gatherer.add(hash(concept, 4));
  gatherer.add(hash(`strange ${strangeness(strange)}`, 4));
  gatherer.endFamily(weights.concepts);
  const paired = concepts.slice(0, MAX_PAIRED_CONCEPTS).sort();
  for (let i = 0; i < paired.length; i++) {
    for (let j = i + 1; j < paired.length; j++) gatherer.add(hash(`${paired[i]}+${paired[j]}`, 5));
  }
  gatherer.endFamily(weights.conceptPairs);
  const tripled = concepts.slice(0, MAX_TRIPLED_CONCEPTS).sort();
  for (let i = 0; i < tripled.length; i++) {
    for (let j = i + 1; j < tripled.length; j++) {
      for (let k = j + 1; k < tripled.length; k++)
        gatherer.add(hash(`${tripled[i]}+${tripled[j]}+${tripled[k]}`, 7));
    }
  }
  gatherer.endFamily(weights.conceptTriples);
  const order = mentions.map(({ concept }) => concept).filter((concept, i, all) => all[i - 1] !== concept);
  for (let i = 0; i <= order.length; i++) gatherer.add(hash(`${order[i - 1] ?? '^'}>${order[i] ?? '$'}`, 8));
  gatherer.endFamily(weights.conceptOrder);
}

/** What a message looks like to the classifier: its words and its concepts, alone and together. */
export function extractFeatures(reading: Reading, weights: FamilyWeights): Features {
  addWords(reading.tokens, weights);
  addConcepts(reading, weights);
  return gatherer.take();
}

/** Words and letters only: enough to tell languages apart. */
export function extractWordFeatures(tokens: readonly string[], weights: FamilyWeights): Features {
  addWords(tokens, weights);
  return gatherer.take();
}
