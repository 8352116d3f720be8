export { extractFeatures } from './features.ts';
export { lessonsOf } from './languages.ts';
export { normalise } from './normalise.ts';
export { findPersonalData, type PersonalData, redact } from './personalData.ts';
export { aspectOf, bestOf, createRanker, type Lesson, teach, topicOf } from './ranker.ts';
export { SAFETY_ANSWERS } from './safety.ts';
export { SETTINGS, type Settings } from './settings.ts';
export type * from './types.ts';
export {
  createUnderstand,
  learn,
  MODEL_VERSION,
  study,
  type Understand,
  type UnderstandingModel,
} from './understand.ts';
