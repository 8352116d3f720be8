import { extractFeatures } from './features.ts';
import { bestOf, createRanker, type RankerModel, type Ranking } from './ranker.ts';
import type { Reading } from './reading.ts';
import { SAFETY_ANSWERS } from './safety.ts';
import { SETTINGS } from './settings.ts';
import type { Candidate } from './types.ts';

/** What a message sounds like. */
export interface Heard {
  readonly ranking: Ranking;
  /** The safety answer it calls for, if it is a call for help; its score is the probability that it is one at all. */
  readonly call: Candidate;
}

export type Listen = (reading: Reading) => Heard;

const SAFETY: ReadonlySet<string> = new Set(SAFETY_ANSWERS);

export function createListen(model: RankerModel): Listen {
  const rank = createRanker(model);
  return (reading) => {
    const ranking = rank(extractFeatures(reading, SETTINGS.families));
    const calls = bestOf(ranking.answers, SAFETY.size, SAFETY);
    const score = calls.reduce((sum, one) => sum + one.score, 0);
    return { ranking, call: { id: calls[0]?.id ?? (SAFETY_ANSWERS[0] as string), score } };
  };
}
