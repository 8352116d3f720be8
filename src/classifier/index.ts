export { type Classifier, logProbabilities } from './classifier.ts';
export type { Learnt } from './ensemble.ts';
export { BUCKETS, type Features } from './features.ts';
export {
  type Course,
  descend,
  type Example,
  joinLearners,
  learnersOf,
  learnInTurn,
  prepareCourse,
  type Training,
  train,
} from './training.ts';
