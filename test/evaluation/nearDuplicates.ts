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

/** Finds the text that shares at least `near` of its parts with another; an index spares comparing all with all. */
function createFindNear(
  texts: readonly string[],
  partsOf: (text: string) => readonly string[],
  near: number,
): (text: string) => string | undefined {
  const parts = texts.map(partsOf);
  const index = new Map<string, number[]>();
  parts.forEach((list, at) => {
    for (const part of list) {
      const entry = index.get(part);
      if (entry) entry.push(at);
      else index.set(part, [at]);
    }
  });
  return (text) => {
    const own = partsOf(text);
    const shared = new Map<number, number>();
    for (const part of own) for (const at of index.get(part) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
    for (const [at, both] of shared) {
      const all = own.length + (parts[at] as readonly string[]).length - both;
      if (both / all >= near) return texts[at];
    }
    return undefined;
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
