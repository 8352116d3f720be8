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
export { changeBetween, latestValue, nearestYears, shareIn, valueIn } from './figures.ts';
export { type LoadResult, loadKnowledge } from './load.ts';
export {
  fillReferences,
  formatDate,
  formatNumber,
  formatPercent,
  regionOf,
  sourcesOfFigures,
} from './references.ts';
export type * from './types.ts';
