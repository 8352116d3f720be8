export { optionsAt } from './dialog/expected.ts';
export { quickReply } from './dialog/turns.ts';
export { languageChosen } from './languages.ts';
export { openDialog, respond, type Turn } from './respond.ts';
export { newConversation, withoutUnknown } from './state.ts';
export type * from './types.ts';
