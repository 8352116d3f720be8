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

/** Writes one family of features; the family as a whole has the length `weight`, however long the message. */
function addFamily(into: Map<number, number>, indices: readonly number[], weight: number): void {
  if (indices.length === 0 || weight === 0) return;
  const counts = new Map<number, number>();
  for (const index of indices) counts.set(index, (counts.get(index) ?? 0) + 1);
  let squares = 0;
  for (const count of counts.values()) squares += count;
  const scale = weight / Math.sqrt(squares);
  for (const [index, count] of counts) into.set(index, (into.get(index) ?? 0) + Math.sqrt(count) * scale);
}

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
  const into = new Map<number, number>();
  addFamily(
    into,
    tokens.map((token) => hash(token, 1)),
    weights.words,
  );
  const pairs: number[] = [];
  for (let i = 0; i <= tokens.length; i++) pairs.push(hash(`${tokens[i - 1] ?? '^'} ${tokens[i] ?? '$'}`, 2));
  addFamily(into, pairs, weights.pairs);
  const grams: number[] = [];
  for (const token of tokens) {
    const padded = ` ${token} `;
    for (const length of GRAM_LENGTHS) {
      for (let i = 0; i + length <= padded.length; i++) grams.push(hash(padded, 3, i, i + length));
    }
  }
  addFamily(into, grams, weights.characters);
  const concepts = [...new Set(mentions.map((mention) => mention.concept))];
  const conceptIndices =
    concepts.length === 0 ? [hash('none', 4)] : concepts.map((concept) => hash(concept, 4));
  addFamily(into, conceptIndices, weights.concepts);
  const paired = concepts.slice(0, MAX_PAIRED_CONCEPTS).sort();
  const conceptPairs: number[] = [];
  for (let i = 0; i < paired.length; i++) {
    for (let j = i + 1; j < paired.length; j++) conceptPairs.push(hash(`${paired[i]}+${paired[j]}`, 5));
  }
  addFamily(into, conceptPairs, weights.conceptPairs);
  return { indices: Uint32Array.from(into.keys()), values: Float32Array.from(into.values()) };
}
