import {
  buildKnowledge,
  type Memo,
  type Problem,
  type ReadFiles,
  readKnowledge,
} from '../knowledge/index.ts';
import { lessonKey, lessonOf } from '../modelCache.ts';
import type { Loaded } from './types.ts';

export type Load = () => Promise<Loaded>;

/**
 * Reads the files again and again, and remembers the last good version of each.
 *
 * A file with an error stands back for its own last good version, so that one unfinished file does not keep the other
 * changes of the day from being used. Where that does not mend it (a contact was removed that others still name), all
 * files stay as they were.
 */
export function createLoader(root: string): Load {
  const memo: Memo = new Map();
  let good: ReadFiles['files'] | undefined;
  let last: Pick<Loaded, 'knowledge' | 'key'> = { knowledge: undefined, key: '' };

  /** Takes the files into use where they can be; what is wrong with them all the same (in a dialog) comes back. */
  function take(read: ReadFiles): { readonly taken: boolean; readonly errors: readonly Problem[] } {
    const built = buildKnowledge(read, memo);
    const found = built.ok ? built.warnings : built.problems;
    const errors = found.filter(({ severity }) => severity === 'error');
    if (built.ok) {
      good = read.files;
      last = { knowledge: built.knowledge, key: lessonKey(lessonOf(built.knowledge)) };
    }
    return { taken: built.ok, errors };
  }

  return async () => {
    const read = await readKnowledge(root);
    const before = good;
    const { errors } = take(read);
    if (errors.length === 0 || before === undefined) return { ...last, kept: [], problems: errors };

    const wrong = new Set(errors.map(({ file }) => file));
    const mixed = [
      ...read.files.filter(({ path }) => !wrong.has(path)),
      ...before.filter(({ path }) => wrong.has(path)),
    ].sort((a, b) => (a.path < b.path ? -1 : 1));
    if (take({ files: mixed, problems: [] }).taken) {
      return { ...last, kept: [...wrong].sort(), problems: errors };
    }
    return { ...last, kept: changed(read.files, before), problems: errors };
  };
}

/** Files that differ from their last good version. */
function changed(files: ReadFiles['files'], before: ReadFiles['files']): readonly string[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const older = new Map(before.map(({ path, text }) => [path, text]));
  const all = new Set([...texts.keys(), ...older.keys()]);
  return [...all].filter((path) => texts.get(path) !== older.get(path)).sort();
}
