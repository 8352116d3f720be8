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

/** Probability that the message is a call for help, whichever. */
function callShare({ answers: { labels, shares } }: Ranking): number {
  return SAFETY_ANSWERS.reduce((sum, id) => sum + (shares[labels.indexOf(id)] ?? 0), 0);
}

export function createListen(model: RankerModel): Listen {
  const rank = createRanker(model);
  return (reading) => {
    const ranking = rank(extractFeatures(reading, SETTINGS.families));
    const [best] = bestOf(ranking.answers, 1, SAFETY);
    return { ranking, call: { id: best?.id ?? (SAFETY_ANSWERS[0] as string), score: callShare(ranking) } };
  };
}
