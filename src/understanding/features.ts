import { BUCKETS, type Features } from '../classifier/index.ts';
import type { Reading } from './reading.ts';
import type { FamilyWeights } from './settings.ts';

/** Letters in a row that count as a sign. Three are too many signs that say little, five find no more. */
const GRAM = 4;
/** Concepts of a long story beyond this count are dropped from the pairs, whose number grows faster than the message. */
const MAX_PAIRED_CONCEPTS = 14;
/** Messages of this many words and more are all "long"; shorter ones are told apart by two words. */
const LONG = 16;

/** FNV-1a, 32 bits. */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

function mix(hash: number, value: number): number {
  return Math.imul(hash ^ value, FNV_PRIME);
}

function hashText(text: string, seed: number): number {
  let h = FNV_OFFSET ^ seed;
  for (let i = 0; i < text.length; i++) h = mix(h, text.charCodeAt(i));
  return h;
}

function bucketOf(hash: number): number {
  return ((hash ^ (hash >>> 15)) >>> 0) & (BUCKETS - 1);
}

/** Families of features differ by their seed, so that a word and a concept of the same name do not meet. */
const SEEDS = {
  word: 1,
  pair: 2,
  gram: 3,
  concept: 4,
  conceptPair: 5,
  edge: 6,
};
const BEGIN = hashText('^', 0);
const END = hashText('$', 0);

/** Gathers the features of one message: counts in a scratch array as wide as the buckets, read back and wiped after each family. */
class Gatherer {
  readonly #counts = new Uint16Array(BUCKETS);
  readonly #values = new Float32Array(BUCKETS);
  /** Buckets seen in the message, and in the present family: the first so many of each. */
  readonly #touched = new Uint32Array(BUCKETS);
  readonly #family = new Uint32Array(BUCKETS);
  #touchedCount = 0;
  #familyCount = 0;

  add(hash: number): void {
    const index = bucketOf(hash);
    const count = this.#counts[index] as number;
    if (count === 0) this.#family[this.#familyCount++] = index;
    this.#counts[index] = count + 1;
  }

  /** Ends a family of features; as a whole it has the length `weight`, however long the message. */
  endFamily(weight: number): void {
    let squares = 0;
    for (let i = 0; i < this.#familyCount; i++) squares += this.#counts[this.#family[i] as number] as number;
    const scale = weight / Math.sqrt(squares);
    for (let i = 0; i < this.#familyCount; i++) {
      const index = this.#family[i] as number;
      const before = this.#values[index] as number;
      if (before === 0) this.#touched[this.#touchedCount++] = index;
      this.#values[index] = before + Math.sqrt(this.#counts[index] as number) * scale;
      this.#counts[index] = 0;
    }
    this.#familyCount = 0;
  }

  /** The features gathered; the gatherer is empty again. */
  take(): Features {
    const indices = this.#touched.slice(0, this.#touchedCount);
    const values = new Float32Array(indices.length);
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i] as number;
      values[i] = this.#values[index] as number;
      this.#values[index] = 0;
    }
    this.#touchedCount = 0;
    return { indices, values };
  }
}

/** Wide arrays are made once; between two messages the gatherer is empty. */
const gatherer = new Gatherer();

/** How many strange words there are, in steps that a message of any length can take: none, one, a few, many. */
function strangeness(count: number): string {
  return count < 2 ? String(count) : count < 4 ? 'a few' : 'many';
}

function addPairs(words: readonly number[]): void {
  for (let i = 0; i <= words.length; i++) {
    gatherer.add(mix(mix(FNV_OFFSET ^ SEEDS.pair, words[i - 1] ?? BEGIN), words[i] ?? END));
  }
}

/** Every run of so many letters, the edges of the word included. */
function addGrams(token: string): void {
  const padded = ` ${token} `;
  for (let from = 0; from + GRAM <= padded.length; from++) {
    let h = FNV_OFFSET ^ SEEDS.gram;
    for (let at = from; at < from + GRAM; at++) h = mix(h, padded.charCodeAt(at));
    gatherer.add(h);
  }
}

function addWords(tokens: readonly string[], weights: FamilyWeights): void {
  const hashes = tokens.map((token) => hashText(token, SEEDS.word));
  for (const hash of hashes) gatherer.add(hash);
  gatherer.endFamily(weights.words);
  addPairs(hashes);
  gatherer.endFamily(weights.pairs);
  for (const token of tokens) addGrams(token);
  gatherer.endFamily(weights.characters);
  gatherer.add(hashText(`${Math.floor(Math.min(tokens.length, LONG) / 2)}`, SEEDS.edge));
  gatherer.add(hashText(`first ${tokens[0]}`, SEEDS.edge));
  gatherer.add(hashText(`first ${tokens[0]} ${tokens[1]}`, SEEDS.edge));
  gatherer.add(hashText(`last ${tokens.at(-1)}`, SEEDS.edge));
  gatherer.endFamily(weights.edges);
}

/** Every pair of concepts, whatever their order in the message. */
function addCombinations(concepts: readonly number[]): void {
  const paired = concepts.slice(0, MAX_PAIRED_CONCEPTS).sort((a, b) => a - b);
  for (let i = 0; i < paired.length; i++) {
    const one = mix(FNV_OFFSET ^ SEEDS.conceptPair, paired[i] as number);
    for (let j = i + 1; j < paired.length; j++) gatherer.add(mix(one, paired[j] as number));
  }
}

function addConcepts({ mentions, strange }: Reading, weights: FamilyWeights): void {
  const concepts = [...new Set(mentions.map(({ concept }) => hashText(concept, SEEDS.concept)))];
  for (const concept of concepts) gatherer.add(concept);
  if (concepts.length === 0) gatherer.add(hashText('none', SEEDS.concept));
  gatherer.add(hashText(`strange ${strangeness(strange)}`, SEEDS.concept));
  gatherer.endFamily(weights.concepts);
  addCombinations(concepts);
  gatherer.endFamily(weights.conceptPairs);
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
