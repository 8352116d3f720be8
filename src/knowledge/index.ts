export type { LocatedAnswer } from './answers.ts';
export { placeInBody } from './check.ts';
export { contactIn } from './contacts.ts';
export {
  asks,
  type Choice,
  type ChoiceId,
  type Dialog,
  type DialogId,
  dialogName,
  dialogOf,
  existsIn,
  type Guess,
  type Option,
  reachable,
  type Sentences,
  type Step,
  type StepId,
  textKey,
  type Verdict,
  waysFrom,
} from './dialogs/index.ts';
export { addPhrasing, type Edit, editAnswer, type Refusal, sameness, setReviewed } from './edit.ts';
export { changeBetween, latestValue, nearestYears, shareIn, valueIn } from './figures.ts';
export { lineOf, type ReadFiles, readFolder, type TextFile } from './files.ts';
export {
  buildKnowledge,
  type LoadResult,
  loadKnowledge,
  type Memo,
  type Places,
  readKnowledge,
} from './load.ts';
export { fieldName, type Path, parseYaml } from './parse.ts';
export {
  fill,
  inLanguage,
  messagesIn,
  type Place,
  type ProblemCode,
  problem,
  STAFF_LANGUAGES,
  type StaffLanguage,
} from './problem.ts';
export {
  fillReferences,
  formatDate,
  formatNumber,
  formatPercent,
  regionOf,
  sourcesOfFigures,
} from './references.ts';
export {
  answerSchema,
  contactsSchema,
  seriesSchema,
  sourcesSchema,
  topicsSchema,
} from './schemas.ts';
export type * from './types.ts';
export { FALLBACK } from './types.ts';
