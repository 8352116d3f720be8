export { asks, reachable, waysFrom } from './graph.ts';
export { isDialogText, readDialogs } from './read.ts';
export type * from './types.ts';
export { dialogName, dialogOf, existsIn, textKey } from './types.ts';
