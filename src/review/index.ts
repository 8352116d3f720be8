export { commonConcepts } from './concepts.ts';
export { strayPhrasings } from './phrasings.ts';
export { inFileOrder, review } from './review.ts';
export { type ReadStandards, readStandards, type Standards } from './rules.ts';
export { overview } from './table.ts';
export { newAnswer } from './template.ts';
export { type Agreed, agreedNow } from './translations.ts';
