/**
 * Works something out for each word once.
 *
 * @param known words that are remembered, once they were looked at: only those of the files, never what a person typed
 */
export function remember<T>(known: ReadonlySet<string>, workOut: (word: string) => T): (word: string) => T {
  const remembered = new Map<string, T>();
  return (word) => {
    const before = remembered.get(word);
    if (before !== undefined) return before;
    const found = workOut(word);
    if (known.has(word)) remembered.set(word, found);
    return found;
  };
}
