import { createHash } from 'node:crypto';
import type { Knowledge } from '../knowledge/index.ts';

/** The part of the knowledge that the understanding reads: titles, phrasings, topics, lexicons, calls for help and dialogs, no texts and no figures. */
export type Lesson = Knowledge;

/** Leaves out what the understanding may not depend on, so that a changed text or figure needs no learning. */
export function lessonOf(knowledge: Knowledge): Lesson {
  const answers = Object.entries(knowledge.answers).map(([id, inLocales]) => [
    id,
    Object.fromEntries(
      Object.entries(inLocales).map(([locale, { title, phrasings, file }]) => [
        locale,
        {
          id,
          locale,
          title,
          phrasings,
          quickReplies: [],
          contacts: [],
          figures: [],
          sources: [],
          reviewed: '',
          state: 'draft',
          body: '',
          file,
        },
      ]),
    ),
  ]);
  return {
    ...knowledge,
    answers: Object.fromEntries(answers),
    series: {},
    contacts: {},
    sources: {},
    texts: {},
    hash: '',
  };
}

/** Names what was learnt: the same for all knowledge that teaches the same. */
export function lessonKey(lesson: Lesson): string {
  return createHash('sha256').update(JSON.stringify(lesson)).digest('hex');
}
