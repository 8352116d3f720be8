export { addPhrasing, type Edit, editAnswer, type Refusal, sameness, setReviewed } from './edit.ts';
export { changeBetween, latestValue, nearestYears, shareIn, valueIn } from './figures.ts';
export type { TextFile } from './files.ts';
export { type LoadResult, loadKnowledge } from './load.ts';
export { fillReferences, formatDate, formatNumber, formatPercent, regionOf } from './references.ts';
export {
  answerSchema,
  contactsSchema,
  seriesSchema,
  sourcesSchema,
  topicsSchema,
} from './schemas.ts';
export type * from './types.ts';
