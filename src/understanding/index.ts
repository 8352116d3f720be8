export { normalise } from './normalise.ts';
export { findPersonalData, type PersonalData, redact } from './personalData.ts';
export { aspectOf, topicOf } from './ranker.ts';
export { SAFETY_ANSWERS } from './safety.ts';
export type * from './types.ts';
export {
  createUnderstand,
  learn,
  MODEL_VERSION,
  type Understand,
  type UnderstandingModel,
} from './understand.ts';
