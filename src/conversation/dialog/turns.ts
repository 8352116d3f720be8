import { type AnswerId, dialogName, dialogOf, type Knowledge } from '../../knowledge/index.ts';
import { topicOf } from '../../understanding/index.ts';
import type { Turn } from '../respond.ts';
import { rememberAnswer } from '../state.ts';
import type { ConversationState, QuickReply, ReplyPart } from '../types.ts';
import type { DialogEvent } from './types.ts';

export const HUMAN: AnswerId = 'child-focus.contact';
/** Buttons whose words are commands: see `commands` in the lexicons. */
export const STOP: QuickReply = { kind: 'text', key: 'dialogs:stop' };
export const RESUME: QuickReply = { kind: 'text', key: 'dialogs:resume' };
/** Under every question, "back" first: it is left out at the first question. */
export const CONTROLS: readonly QuickReply[] = [
  { kind: 'text', key: 'dialogs:back' },
  STOP,
  { kind: 'text', key: 'dialogs:human' },
];

/** The button for an answer, or for `dialog.<id>`. */
export function quickReply(name: string): QuickReply {
  const dialog = dialogOf(name);
  return dialog === undefined ? { kind: 'answer', id: name } : { kind: 'dialog', id: dialog };
}

/** A reply of a dialog. */
export function dialogTurn(
  state: ConversationState,
  id: string,
  says: {
    readonly parts: readonly ReplyPart[];
    readonly quickReplies: readonly QuickReply[];
    readonly event: DialogEvent;
  },
): Turn {
  return {
    state: { ...state, misses: 0 },
    reply: {
      locale: state.locale,
      parts: says.parts,
      quickReplies: says.quickReplies,
      answer: { id: dialogName(id), score: 1 },
      choices: [],
      dialog: { id, event: says.event },
    },
  };
}

export function withoutDialog(state: ConversationState): ConversationState {
  const { dialog: _over, ...rest } = state;
  return rest;
}

/** An answer shown by a dialog is what the talk is about from then on: "and for a friend?". */
export function afterAnswerShown(
  state: ConversationState,
  shown: AnswerId | undefined,
  knowledge: Knowledge,
): ConversationState {
  if (shown === undefined || !(topicOf(shown) in knowledge.topics)) return state;
  return rememberAnswer(state, shown, true, {});
}
