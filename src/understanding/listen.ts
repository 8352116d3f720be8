import { createHearCall } from './calls.ts';
import type { Classifier } from './classifier.ts';
import { extractFeatures } from './features.ts';
import { createRanker, type RankerModel, type Ranking } from './ranker.ts';
import type { Reading } from './reading.ts';
import { SETTINGS } from './settings.ts';
import type { Candidate } from './types.ts';

/** What a message sounds like to all that was learnt. */
export interface Heard {
  readonly ranking: Ranking;
  /** The safety answer it calls for, if it is a call for help; its score is the probability that it is one. */
  readonly call: Candidate;
}

export type Listen = (reading: Reading) => Heard;

/** Ranker and calls look at the same features, which are gathered once. */
export function createListen(ranker: RankerModel, calls: Classifier): Listen {
  const rank = createRanker(ranker);
  const hearCall = createHearCall(calls);
  return (reading) => {
    const features = extractFeatures(reading, SETTINGS.families);
    return { ranking: rank(features), call: hearCall(features) };
  };
}
