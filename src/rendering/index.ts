export { commonValues, createRender, type Render } from './render.ts';
export { createSay, type Say } from './texts.ts';
export type * from './types.ts';
