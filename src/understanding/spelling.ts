import Fuse from 'fuse.js';
import { isSlip } from './slip.ts';

/** Words shorter than this are too easily mistaken for another word. */
const MIN_LENGTH = 4;
/** In a word of this length two letters may have changed places, no more: with a letter added it is mostly another word. */
const SHORT = 4;
/** Words handed to Fuse.js: it compares each of them with the misspelt word, so the list is kept short. */
const SHORTLIST = 8;
/** Fuse.js score above which two words are no longer taken for the same (0 = equal, 1 = nothing in common). */
const MAX_SCORE = 0.5;

/** Replaces a misspelt word by the word of the vocabulary that was meant; returns known and hopeless words as they are. */
export type Repair = (word: string) => string;

function mayMean(word: string, meant: string): boolean {
  return isSlip(word, meant) && (word.length > SHORT || meant.length === SHORT);
}

function bigrams(word: string): string[] {
  const padded = `^${word}$`;
  return Array.from({ length: padded.length - 1 }, (_, i) => padded.slice(i, i + 2));
}

/**
 * Builds the repair of misspelt words. Letter pairs choose a short list of look-alikes, Fuse.js picks among them:
 * searching the whole vocabulary with Fuse.js would take milliseconds a word.
 *
 * @param vocabulary words worth repairing to
 * @param known further words that are spelt right and must stay as they are
 */
export function createRepair(vocabulary: ReadonlySet<string>, known: ReadonlySet<string>): Repair {
  const list = [...vocabulary].filter((word) => word.length >= MIN_LENGTH);
  const index = new Map<string, number[]>();
  list.forEach((word, at) => {
    for (const pair of new Set(bigrams(word))) {
      const entry = index.get(pair);
      if (entry) entry.push(at);
      else index.set(pair, [at]);
    }
  });

  // One place for each word of the list; between two searches all are zero.
  const shared = new Uint8Array(list.length);

  /** Words that a slip or two make of this one, the most alike first. */
  function shortlist(word: string): string[] {
    const least = Math.floor(word.length / 2);
    const touched: number[] = [];
    for (const pair of new Set(bigrams(word))) {
      for (const at of index.get(pair) ?? []) {
        if (shared[at] === 0) touched.push(at);
        shared[at] = (shared[at] as number) + 1;
      }
    }
    const alike: { readonly meant: string; readonly count: number }[] = [];
    for (const at of touched) {
      const count = shared[at] as number;
      shared[at] = 0;
      const meant = list[at] as string;
      if (count >= least && mayMean(word, meant)) alike.push({ meant, count });
    }
    return alike
      .sort((a, b) => b.count - a.count)
      .slice(0, SHORTLIST)
      .map(({ meant }) => meant);
  }

  return (word) => {
    if (word.length < MIN_LENGTH || vocabulary.has(word) || known.has(word) || /\d/.test(word)) return word;
    const candidates = shortlist(word);
    if (candidates.length === 0) return word;
    const fuse = new Fuse(candidates, { includeScore: true, threshold: MAX_SCORE, distance: 10 });
    return fuse.search(word)[0]?.item ?? word;
  };
}
