import { createHearCall } from './calls.ts';
import type { Classifier } from './classifier.ts';
import { extractFeatures } from './features.ts';
import { createRanker, type RankerModel, type Ranking } from './ranker.ts';
import type { Reading } from './reading.ts';
import { SAFETY_ANSWERS } from './safety.ts';
import { SETTINGS } from './settings.ts';
import type { Candidate } from './types.ts';

/** What a message sounds like to all that was learnt. */
export interface Heard {
  readonly ranking: Ranking;
  /** The safety answer it calls for, if it is a call for help; its score is the probability that it is one, as both see it. */
  readonly call: Candidate;
}

export type Listen = (reading: Reading) => Heard;

/** Probability that the message is a call for help, in the eyes of the ranker. */
function callShare({ answers: { labels, shares } }: Ranking): number {
  return SAFETY_ANSWERS.reduce((sum, id) => sum + (shares[labels.indexOf(id)] ?? 0), 0);
}

/**
 * Ranker and calls look at the same features, which are gathered once. Both were taught calls for help, in other company:
 * their mean raises a third fewer false alarms than one of them at as many calls found.
 */
export function createListen(ranker: RankerModel, calls: Classifier): Listen {
  const rank = createRanker(ranker);
  const hearCall = createHearCall(calls);
  return (reading) => {
    const features = extractFeatures(reading, SETTINGS.families);
    const ranking = rank(features);
    const { id, score } = hearCall(features);
    return { ranking, call: { id, score: (score + callShare(ranking)) / 2 } };
  };
}
