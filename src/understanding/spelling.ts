import Fuse from 'fuse.js';

/** Words shorter than this are too easily mistaken for another word. */
const MIN_LENGTH = 5;
/** Words handed to Fuse.js: it compares each of them with the misspelt word, so the list is kept short. */
const SHORTLIST = 8;
/** Fuse.js score above which two words are no longer taken for the same (0 = equal, 1 = nothing in common). */
const MAX_SCORE = 0.3;
/** Words differ by at most this many letters in length. */
const MAX_LENGTH_GAP = 2;

/** Lengths from which a word may differ by a replaced letter, and by two edits. */
const LENGTH_FOR_REPLACEMENT = 7;
const LENGTH_FOR_TWO = 8;

/** Fewest insertions, deletions, replacements and swaps of neighbours that make one word of the other. */
export function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const above = rows[i - 1] as number[];
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (above[j - 1] as number) + cost,
      );
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, ((rows[i - 2] as number[])[j - 2] as number) + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? Number.POSITIVE_INFINITY;
}

/**
 * Whether a slip of the finger makes one word of the other. Short words that differ by a replaced letter are mostly two
 * words ("honden", "handen"): taking one for the other has raised false alarms.
 */
function isSlip(word: string, meant: string): boolean {
  if (word[0] !== meant[0]) return false;
  const edits = distance(word, meant);
  if (edits > (word.length >= LENGTH_FOR_TWO ? 2 : 1)) return false;
  const sameLetters = [...word].sort().join('') === [...meant].sort().join('');
  return word.length >= LENGTH_FOR_REPLACEMENT || word.length !== meant.length || sameLetters;
}

/** Replaces a misspelt word by the word of the vocabulary that was meant; returns known and hopeless words as they are. */
export type Repair = (word: string) => string;

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

  function shortlist(word: string): string[] {
    const shared = new Map<number, number>();
    for (const pair of new Set(bigrams(word))) {
      for (const at of index.get(pair) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
    }
    const least = Math.floor(word.length / 2);
    return [...shared]
      .filter(
        ([at, count]) =>
          count >= least && Math.abs((list[at] as string).length - word.length) <= MAX_LENGTH_GAP,
      )
      .sort((a, b) => b[1] - a[1])
      .slice(0, SHORTLIST)
      .map(([at]) => list[at] as string);
  }

  return (word) => {
    if (word.length < MIN_LENGTH || vocabulary.has(word) || known.has(word) || /\d/.test(word)) return word;
    const candidates = shortlist(word);
    if (candidates.length === 0) return word;
    const fuse = new Fuse(candidates, { includeScore: true, threshold: MAX_SCORE, distance: 10 });
    return fuse.search(word).find(({ item }) => isSlip(word, item))?.item ?? word;
  };
}
