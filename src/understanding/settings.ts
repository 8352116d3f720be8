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

/** How the classifier learns; see `training.ts`. */
export interface Training {
  /** Passes over the phrasings. */
  readonly epochs: number;
  /** Learners that begin in different places; their mean is kept. */
  readonly learners: number;
  /** Units of the hidden layer of each. */
  readonly units: number;
  /** First steps, which fall to nearly nothing: of what signs say for labels, of what they say for units, of what units say. */
  readonly rate: number;
  readonly unitRate: number;
  readonly outputRate: number;
  /** Share of the signs of a phrasing that is hidden at each visit, so that no sign is relied on alone. */
  readonly hiddenSigns: number;
  /** The same for units. */
  readonly hiddenUnits: number;
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
