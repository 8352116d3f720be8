import { type AnswerId, type AspectId, FALLBACK, type Knowledge, type TopicId } from '../knowledge/index.ts';
import { aspectOf, topicOf, type Understanding } from '../understanding/index.ts';
import type { ConversationState } from './types.ts';

/** Turns without use after which topic, aspect, year and role are forgotten. */
export const MEMORY_TURNS = 4;
/** A ranked answer this sure stands on its own, whatever was said before. */
const STANDS_ALONE = 0.85;

/** A message in the light of what was said before: the answer it asks for. */
export interface FollowUp {
  readonly id: AnswerId;
  readonly year?: number;
}

/** What the message itself says of the aspect: a year asks for figures, a group for victims, a role for its help. */
function aspectFrom(understanding: Understanding): AspectId | undefined {
  const { entities, aspect } = understanding;
  if (entities.years.length > 0) return 'figures';
  if (
    entities.groups.length === 1 &&
    (aspect === undefined || aspect === 'definition' || aspect === 'victims')
  )
    return 'victims';
  return aspect;
}

/** Aspects that have no side for somebody else: figures stay figures, whoever asks. */
const IMPERSONAL: ReadonlySet<AspectId> = new Set(['figures', 'victims']);

/** The other side of `help`, by whom the message is about. */
function helpFor(understanding: Understanding, before: AspectId): AspectId | undefined {
  if (IMPERSONAL.has(before)) return undefined;
  switch (understanding.entities.role) {
    case 'friend':
      return 'help-other';
    case 'child':
    case 'pupil':
      return 'parents';
    default:
      return undefined;
  }
}

/**
 * Resolves messages that lean on what was said before: topic, aspect, year and role carry over and are
 * replaced one at a time.
 *
 * @returns undefined where the message stands on its own, or where nothing is remembered
 */
export function resolveFollowUp(
  state: ConversationState,
  understanding: Understanding,
  knowledge: Knowledge,
): FollowUp | undefined {
  const { topic, aspect } = state;
  if (topic === undefined || aspect === undefined) return undefined;
  const named = understanding.topic;
  const exists = (t: TopicId, a: AspectId) => (`${t}.${a}` in knowledge.answers ? `${t}.${a}` : undefined);
  const year = understanding.entities.years.at(-1);
  const withYear = (id: AnswerId | undefined): FollowUp | undefined =>
    id === undefined ? undefined : { id, ...(year !== undefined && { year }) };

  if (named !== undefined && named !== topic) {
    // Another topic: the aspect carries over where the message names none.
    if (!understanding.elliptical) return undefined;
    return withYear(exists(named, aspectFrom(understanding) ?? aspect));
  }
  const top = understanding.candidates[0];
  if (!understanding.elliptical && standsAlone(understanding, top?.id, top?.score ?? 0)) return undefined;
  const otherSide = understanding.elliptical ? helpFor(understanding, aspect) : undefined;
  const wanted = otherSide ?? aspectFrom(understanding);
  return wanted === undefined ? undefined : withYear(exists(topic, wanted));
}

function standsAlone(understanding: Understanding, id: AnswerId | undefined, score: number): boolean {
  // What fits nothing by itself may fit what was said before.
  if (id === undefined || id === FALLBACK) return false;
  if (understanding.topic !== undefined && topicOf(id) === understanding.topic) return true;
  // A topic answer guessed without any word for the topic may as well be about the topic remembered.
  const guessedTopic = understanding.topic === undefined && aspectOf(id) !== id;
  return score >= STANDS_ALONE || !guessedTopic;
}
