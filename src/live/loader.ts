import {
  buildKnowledge,
  type Memo,
  type Problem,
  type ReadFiles,
  readKnowledge,
} from '../knowledge/index.ts';
import { lessonKey, lessonOf } from '../learning/index.ts';
import type { Loaded } from './types.ts';

export type Load = () => Promise<Loaded>;
type Files = ReadFiles['files'];

/**
 * Reads the files again and again, and remembers the last good version of each.
 *
 * A file with an error stands back for its own last good version, so that one unfinished file does not keep the other
 * changes of the day from being used. Where that does not mend it (a contact was removed that others still name), all
 * files stay as they were. A dialog with an error that never was good is left out, alone.
 */
export function createLoader(root: string): Load {
  const memo: Memo = new Map();
  let good: Files | undefined;
  let last: Pick<Loaded, 'knowledge' | 'key'> = { knowledge: undefined, key: '' };

  /** @returns the errors, and what takes the files into use where they make a bot */
  function attempt(read: ReadFiles): { readonly errors: readonly Problem[]; readonly take?: () => void } {
    const built = buildKnowledge(read, memo);
    const problems = built.ok ? built.warnings : built.problems;
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (!built.ok) return { errors };
    const take = () => {
      good = read.files;
      last = { knowledge: built.knowledge, key: lessonKey(lessonOf(built.knowledge)) };
    };
    return { errors, take };
  }

  return async () => {
    const read = await readKnowledge(root);
    const whole = attempt(read);
    const { errors } = whole;
    const before = good;
    if (errors.length === 0 || before === undefined) {
      whole.take?.();
      return { ...last, kept: [], problems: errors };
    }
    const wrong = new Set(errors.map(({ file }) => file));
    const older = before.filter(({ path }) => wrong.has(path));
    const newer = read.files.filter(({ path }) => !wrong.has(path));
    const files = [...newer, ...older].sort((a, b) => (a.path < b.path ? -1 : 1));
    const mixed = attempt({ files, problems: [] });
    if (mixed.take && mixed.errors.length === 0) {
      mixed.take();
      return { ...last, kept: older.map(({ path }) => path), problems: errors };
    }
    whole.take?.();
    return { ...last, kept: whole.take ? [] : changed(read.files, before), problems: errors };
  };
}

/** Files that differ from their last good version. */
function changed(files: Files, before: Files): readonly string[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const older = new Map(before.map(({ path, text }) => [path, text]));
  const all = new Set([...texts.keys(), ...older.keys()]);
  return [...all].filter((path) => texts.get(path) !== older.get(path)).sort();
}
