export { respond, type Turn } from './respond.ts';
export { newConversation, withoutUnknown } from './state.ts';
export type * from './types.ts';
