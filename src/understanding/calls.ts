import { type Calls, FALLBACK } from '../knowledge/index.ts';
import { type Classifier, logProbabilities } from './classifier.ts';
import { extractFeatures, type Features } from './features.ts';
import { type Lesson, topicOf } from './ranker.ts';
import type { Reading } from './reading.ts';
import { isUrgent, SAFETY_ANSWERS } from './safety.ts';
import { CALL_SETTINGS, type Settings } from './settings.ts';
import { type Example, train } from './training.ts';
import type { Candidate } from './types.ts';

/** A message as it is learnt: what it calls for, or the subject that it is about instead. */
export interface CallLesson {
  readonly label: string;
  readonly reading: Reading;
}

/** How likely a message is a call for help at all, and which safety answer it calls for if it is one. */
export type HearCall = (features: Features) => Candidate;

/** Of messages that sound like a call and are about one of our subjects, whichever. */
const HARMLESS = 'harmless';

/**
 * Times that an urgent call is shown where any other message is shown once, as they are few beside the others. At 98 of a
 * hundred calls found, it spares a third of the false alarms.
 */
const URGENT_TIMES = 3;

/** The messages of one language, each with its label. */
export function callMessages({
  calls,
  harmless,
  outOfScope,
}: Calls): readonly (readonly [label: string, text: string])[] {
  return [
    ...Object.entries(calls).flatMap(([id, texts]) => texts.map((text) => [id, text] as const)),
    ...harmless.map((text) => [HARMLESS, text] as const),
    ...outOfScope.map((text) => [FALLBACK, text] as const),
  ];
}

/** A phrasing of an answer calls for help, or shows what its topic sounds like. */
function fromPhrasing({ id, reading }: Lesson): CallLesson {
  return { label: SAFETY_ANSWERS.includes(id) ? id : topicOf(id), reading };
}

/**
 * Learns to tell calls for help from everything else. It has a classifier of its own: the ranker weighs seventy answers
 * against each other and is taught by short questions, while calls hide in stories that name no topic. What is no call is
 * told apart by topic: "everything else" in one piece has no look of its own (of calls not learnt, it cost one in twelve).
 */
export function teachCalls(
  phrasings: readonly Lesson[],
  messages: readonly CallLesson[],
  settings: Settings = CALL_SETTINGS,
): Classifier {
  const lessons = [...phrasings.map(fromPhrasing), ...messages];
  const labels = [...new Set([...SAFETY_ANSWERS, ...lessons.map(({ label }) => label)])];
  const columnOf = new Map(labels.map((label, i) => [label, i]));
  const examples = lessons.flatMap(({ label, reading }) => {
    const example: Example = {
      features: extractFeatures(reading, settings.families),
      label: columnOf.get(label) as number,
    };
    return Array.from({ length: isUrgent(label) ? URGENT_TIMES : 1 }, () => example);
  });
  return train(labels, examples, settings);
}

export function createHearCall(classifier: Classifier): HearCall {
  return (features) => {
    // The safety answers are the first labels.
    const shares = [...logProbabilities(classifier, features).subarray(0, SAFETY_ANSWERS.length)].map(
      Math.exp,
    );
    const best = shares.indexOf(Math.max(...shares));
    return { id: SAFETY_ANSWERS[best] as string, score: shares.reduce((sum, share) => sum + share, 0) };
  };
}
