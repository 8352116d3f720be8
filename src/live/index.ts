export { type LiveOptions, type Opened, openLiveBrain } from './liveBrain.ts';
export type { KnowledgeStatus, LiveBrain } from './types.ts';
