export { respond, type Turn } from './respond.ts';
export { newConversation } from './state.ts';
export type * from './types.ts';
