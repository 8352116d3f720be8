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

  function take(files: ReadFiles['files']): readonly Problem[] | undefined {
    const built = buildKnowledge({ files, problems: [] }, memo);
    if (!built.ok) return built.problems;
    good = files;
    last = { knowledge: built.knowledge, key: lessonKey(lessonOf(built.knowledge)) };
    return undefined;
  }

  return async () => {
    const read = await readKnowledge(root);
    const found = read.problems.length > 0 ? buildKnowledge(read, memo) : undefined;
    const problems = found ? (found.ok ? [] : found.problems) : take(read.files);
    if (problems === undefined) return { ...last, kept: [], problems: [] };
    const errors = problems.filter(({ severity }) => severity === 'error');
    const before = good;
    if (before === undefined) return { ...last, kept: [], problems: errors };

    const wrong = new Set(errors.map(({ file }) => file));
    const mixed = [
      ...read.files.filter(({ path }) => !wrong.has(path)),
      ...before.filter(({ path }) => wrong.has(path)),
    ].sort((a, b) => (a.path < b.path ? -1 : 1));
    if (take(mixed) === undefined) return { ...last, kept: [...wrong].sort(), problems: errors };
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
