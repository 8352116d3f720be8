import { assembleBrain, type Brain, type BrainOptions } from '../brain.ts';
import type { Knowledge } from '../knowledge/index.ts';
import { createUnderstand, type Understand, type UnderstandingModel } from '../understanding/index.ts';

/** What was learnt, and from what. */
export interface Learnt {
  readonly knowledge: Knowledge;
  /** See `lessonKey`. */
  readonly key: string;
  readonly model: UnderstandingModel;
}

/** One state of the bot: the knowledge it speaks from, and how it understands. */
export interface Version {
  readonly knowledge: Knowledge;
  readonly learnt: Learnt;
  readonly understand: Understand;
  /** Key of the phrasings that `understand` knows word for word; newer than `learnt.key` while learning. */
  readonly key: string;
  readonly brain: Brain;
}

/** The version that knows everything that was learnt. */
export function learntVersion(knowledge: Knowledge, learnt: Learnt, options: BrainOptions): Version {
  const understand = createUnderstand(knowledge, learnt.model);
  const brain = assembleBrain(knowledge, understand, options);
  return { knowledge, learnt, understand, key: learnt.key, brain };
}

/** What was learnt from older files still names only what exists: no answer was taken away, no language added. */
function fits(older: Knowledge, newer: Knowledge): boolean {
  return (
    older.locales.join() === newer.locales.join() &&
    Object.keys(older.answers).every((id) => Object.hasOwn(newer.answers, id))
  );
}

/**
 * The version for newer files, at once and without learning.
 *
 * Where the phrasings are the same, the understanding stays as it is. Where they changed, the new ones are found word
 * for word and the rest follows when it is learnt.
 *
 * @returns undefined where the newer files must be learnt first
 */
export function versionFor(
  version: Version,
  knowledge: Knowledge,
  key: string,
  options: BrainOptions,
): Version | undefined {
  if (key === version.key) {
    return { ...version, knowledge, brain: assembleBrain(knowledge, version.understand, options) };
  }
  if (!fits(version.learnt.knowledge, knowledge)) return undefined;
  return { ...learntVersion(knowledge, version.learnt, options), key };
}
