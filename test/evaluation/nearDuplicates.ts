import { normalise } from '../../src/understanding/index.ts';

const GRAM = 3;
/** Shorter texts share their few letters with many others without being copies. */
const LEAST_WORDS = 4;
/** Four words in five the same: the same question. Below, two questions about the same thing may well share words. */
const NEAR_WORDS = 0.8;
/** The same for letters: a copy with typing errors shares most runs of three letters. */
const NEAR_LETTERS = 0.8;

function wordsOf(text: string): readonly string[] {
  return [...new Set(text.split(' '))];
}

function gramsOf(text: string): readonly string[] {
  const padded = ` ${text} `;
  return [...new Set(Array.from({ length: padded.length - GRAM + 1 }, (_, i) => padded.slice(i, i + GRAM)))];
}

/** The place of each part when the rarest comes first, from 1. */
function rankParts(texts: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const parts of texts) for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1);
  const rarestFirst = [...counts].sort(([, a], [, b]) => a - b);
  return new Map(rarestFirst.map(([part], i) => [part, i + 1]));
}

/** @param wanted 1 at each of its own parts */
function isNear(own: Uint32Array, wanted: Uint8Array, other: Uint32Array, near: number): boolean {
  if (other.length < near * own.length || own.length < near * other.length) return false;
  let both = 0;
  for (const part of other) both += wanted[part] as number;
  return both / (own.length + other.length - both) >= near;
}

/**
 * Finds the text that shares at least `near` of its parts with another. Two such texts have one of their rarest parts in
 * common (one more than may differ), so only these are looked up: comparing all with all would take minutes.
 */
function createFindNear(
  texts: readonly string[],
  partsOf: (text: string) => readonly string[],
  near: number,
): (text: string) => string | undefined {
  const split = texts.map(partsOf);
  const ranks = rankParts(split);
  // A part that no text has is rarer than all others, and alike to none.
  const rarestFirst = (parts: readonly string[]) =>
    Uint32Array.from(parts, (part) => ranks.get(part) ?? 0).sort();
  const telling = (parts: Uint32Array) =>
    parts.subarray(0, parts.length - Math.ceil(near * parts.length) + 1);
  const parts = split.map(rarestFirst);
  const index = new Map<number, number[]>();
  parts.forEach((list, at) => {
    for (const part of telling(list)) {
      const entry = index.get(part);
      if (entry) entry.push(at);
      else index.set(part, [at]);
    }
  });
  // One place for each part; between two searches all are zero.
  const wanted = new Uint8Array(ranks.size + 1);
  /** The search that looked at each text last: most are met by several of their parts. */
  const met = new Uint32Array(texts.length);
  let search = 0;
  return (text) => {
    const own = rarestFirst(partsOf(text));
    search++;
    const isMatch = (at: number) => {
      if (met[at] === search) return false;
      met[at] = search;
      return isNear(own, wanted, parts[at] as Uint32Array, near);
    };
    for (const part of own) wanted[part] = part === 0 ? 0 : 1;
    let found: number | undefined;
    for (const part of telling(own)) {
      found = index.get(part)?.find(isMatch);
      if (found !== undefined) break;
    }
    for (const part of own) wanted[part] = 0;
    return found === undefined ? undefined : texts[found];
  };
}

/**
 * Questions that stand among the phrasings word for word or nearly: with a word changed, or with typing errors.
 *
 * @returns each with the phrasing that it is like
 */
export function nearDuplicates(
  questions: readonly string[],
  phrasings: readonly string[],
): readonly { readonly question: string; readonly phrasing: string }[] {
  const plain = phrasings.map(normalise);
  const nearByWords = createFindNear(plain, wordsOf, NEAR_WORDS);
  const nearByLetters = createFindNear(plain, gramsOf, NEAR_LETTERS);
  return questions
    .filter((question) => normalise(question).split(' ').length >= LEAST_WORDS)
    .flatMap((question) => {
      const text = normalise(question);
      const phrasing = nearByWords(text) ?? nearByLetters(text);
      return phrasing === undefined ? [] : [{ question, phrasing }];
    });
}
