import type { Calls } from '../knowledge/index.ts';
import { type Classifier, type Example, logProbabilities, train } from './classifier.ts';
import { extractFeatures, type Features } from './features.ts';
import type { Lesson } from './ranker.ts';
import type { Reading } from './reading.ts';
import { SAFETY_ANSWERS } from './safety.ts';
import { SETTINGS, type Settings } from './settings.ts';
import type { Candidate } from './types.ts';

/** A message that calls for help or only sounds like it, as it is learnt; without `id` it calls for none. */
export interface CallLesson extends Pick<Partial<Lesson>, 'id'> {
  readonly reading: Reading;
}

/** How likely a message is a call for help at all, and which safety answer it calls for if it is one. */
export type HearCall = (features: Features) => Candidate;

const NONE = 'none';
const KINDS = [NONE, ...SAFETY_ANSWERS];

/** The messages of one language, each with what it calls for. */
export function callMessages({
  calls,
  harmless,
}: Calls): readonly { readonly id?: string; readonly text: string }[] {
  return [
    ...Object.entries(calls).flatMap(([id, texts]) => texts.map((text) => ({ id, text }))),
    ...harmless.map((text) => ({ text })),
  ];
}

/**
 * Learns to tell calls for help from everything else. It has a classifier of its own: the ranker weighs seventy answers
 * against each other and is taught by short questions, while calls hide in stories that name no topic.
 *
 * @param lessons phrasings of all answers too: what calls for another answer is no call for help
 */
export function teachCalls(lessons: readonly CallLesson[], settings: Settings = SETTINGS): Classifier {
  const columnOf = new Map(KINDS.map((kind, i) => [kind, i]));
  const examples = lessons.map(
    ({ id, reading }): Example => ({
      features: extractFeatures(reading, settings.families),
      labels: [columnOf.get(id ?? NONE) ?? 0],
    }),
  );
  return train([{ name: 'call', labels: KINDS }], examples, settings);
}

export function createHearCall(classifier: Classifier): HearCall {
  return (features) => {
    const [none = 0, ...kinds] = logProbabilities(classifier, features);
    const best = kinds.reduce((most, log, i) => (log > (kinds[most] as number) ? i : most), 0);
    return { id: SAFETY_ANSWERS[best] as string, score: 1 - Math.exp(none) };
  };
}
