export { mutate } from './bytes.ts';
export { type Finding, targetsOf, throwAt } from './run.ts';
export type { Prey, Target } from './types.ts';
