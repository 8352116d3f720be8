/** Lengths from which a word may differ by a replaced letter, and by two edits. */
const LENGTH_FOR_REPLACEMENT = 7;
const LENGTH_FOR_TWO = 8;

/** Fewest insertions, deletions, replacements and swaps of neighbours that make one word of the other. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (above[j - 1] as number) + cost,
      );
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (before[j - 2] as number) + 1);
      row.push(best);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? Number.POSITIVE_INFINITY;
}

/** Whether two words of one length differ by two neighbouring letters that changed places. */
function isSwap(a: string, b: string): boolean {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/**
 * Whether a slip of the finger makes one word of the other. Short words that differ by a replaced letter are mostly two
 * words ("honden", "handen"): taking one for the other has raised false alarms.
 *
 * @param mostInLong edits that a long word bears
 */
export function isSlip(word: string, meant: string, mostInLong = 2): boolean {
  if (word === meant) return true;
  const most = word.length >= LENGTH_FOR_TWO ? mostInLong : 1;
  if (word[0] !== meant[0] || Math.abs(word.length - meant.length) > most) return false;
  if (word.length === meant.length && word.length < LENGTH_FOR_REPLACEMENT) return isSwap(word, meant);
  return distance(word, meant) <= most;
}
