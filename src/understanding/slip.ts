/** Lengths from which a word may differ by a replaced letter, and by two edits. */
const LENGTH_FOR_REPLACEMENT = 7;
const LENGTH_FOR_TWO = 8;

/** Fewest insertions, deletions, replacements and swaps of neighbours that make one word of the other. */
function distance(a: string, b: string): number {
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

function sortedLetters(word: string): string {
  return [...word].sort().join('');
}

/**
 * Whether a slip of the finger makes one word of the other. Short words that differ by a replaced letter are mostly two
 * words ("honden", "handen"): taking one for the other has raised false alarms.
 */
export function isSlip(word: string, meant: string): boolean {
  if (word[0] !== meant[0] || Math.abs(word.length - meant.length) > 2) return false;
  const edits = distance(word, meant);
  if (edits > (word.length >= LENGTH_FOR_TWO ? 2 : 1)) return false;
  return (
    word.length >= LENGTH_FOR_REPLACEMENT ||
    word.length !== meant.length ||
    sortedLetters(word) === sortedLetters(meant)
  );
}
