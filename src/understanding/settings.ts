import type { Training } from '../classifier/index.ts';

/** How much each family of features counts; a family as a whole has this length, however long the message. */
export interface FamilyWeights {
  readonly words: number;
  /** Neighbouring words. */
  readonly pairs: number;
  /** Letters inside words, for misspelt ones. */
  readonly characters: number;
  /** How a message begins and ends, and how long it is. */
  readonly edges: number;
  /** What the words mean (`knowledge/lexicon`), and how many are unknown. */
  readonly concepts: number;
  readonly conceptPairs: number;
}

/** Every number of the ranker that is not a fact. */
export interface Settings extends Training {
  readonly families: FamilyWeights;
  /** Weight of "which topic?" and "which aspect?" beside "which answer?". */
  readonly topicWeight: number;
  readonly aspectWeight: number;
  /** Above 1 the probabilities are flattened: the classifier alone is surer than it is right. */
  readonly temperature: number;
}

/** Found by leaving phrasings out; `npm run evaluate -- --tune` tries others by cross-validation, and prints this object. */
export const SETTINGS: Settings = {
  families: {
    words: 1,
    pairs: 0.52,
    characters: 1,
    edges: 0.45,
    concepts: 0.9,
    conceptPairs: 0.5,
  },
  epochs: 8,
  learners: 2,
  units: 64,
  rate: 0.2,
  unitRate: 0.1,
  outputRate: 0.04,
  hiddenSigns: 0.5,
  hiddenUnits: 0.22,
  topicWeight: 0.75,
  aspectWeight: 0.7,
  temperature: 1.7,
};
