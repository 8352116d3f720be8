import {
  type AnswerId,
  type Dialog,
  dialogName,
  dialogOf,
  FALLBACK,
  type Knowledge,
} from '../../knowledge/index.ts';
import { topicOf } from '../../understanding/index.ts';
import type { Turn } from '../respond.ts';
import { rememberAnswer } from '../state.ts';
import type { ConversationState, QuickReply, ReplyPart } from '../types.ts';
import { type Outcome, openAt } from './engine.ts';
import type { DialogEvent, DialogState } from './types.ts';
import { choicesAt } from './walk.ts';

export const HUMAN: AnswerId = 'child-focus.contact';
/** Buttons whose words are commands: see `commands` in the lexicons. */
export const STOP: QuickReply = { kind: 'text', key: 'dialogs:stop' };
export const RESUME: QuickReply = { kind: 'text', key: 'dialogs:resume' };
/** Under every question, "back" first: it is left out at the first question. */
const CONTROLS: readonly QuickReply[] = [
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
function afterAnswerShown(
  state: ConversationState,
  shown: AnswerId | undefined,
  knowledge: Knowledge,
): ConversationState {
  if (shown === undefined || !(topicOf(shown) in knowledge.topics)) return state;
  return rememberAnswer(state, shown, true, {});
}

/** Probability from which an answer counts as asked for; small talk must be clearer. */
export const ASKED = 0.5;
const SMALL_TALK = 0.9;

/** True where the message clearly asks for an answer. Small talk must be very clear: "more" is no farewell. */
export function isAsked({ reply }: Turn): boolean {
  if (reply.answer === null || reply.answer.id === FALLBACK) return false;
  return reply.answer.score >= (reply.answer.id.startsWith('chat.') ? SMALL_TALK : ASKED);
}

/** Buttons under a question; there is nothing to go back to at the first. */
export function controls({ trail }: DialogState): readonly QuickReply[] {
  return trail.length > 1 ? CONTROLS : CONTROLS.slice(1);
}

/** The turn that shows where a dialog has come to. */
export function goTo(state: ConversationState, dialog: Dialog, outcome: Outcome, knowledge: Knowledge): Turn {
  const shown = outcome.parts.flatMap((part) => (part.kind === 'answer' ? [part.id] : []));
  const remembered = afterAnswerShown(withoutDialog(state), shown.at(-1), knowledge);
  if (!outcome.state) {
    return dialogTurn(remembered, dialog.id, {
      parts: outcome.parts,
      quickReplies: outcome.offers.map(quickReply),
      event: outcome.event,
    });
  }
  const choices = choicesAt(dialog, openAt(outcome.state).step, knowledge);
  return dialogTurn({ ...remembered, dialog: outcome.state }, dialog.id, {
    parts: outcome.parts,
    quickReplies: [...choices.map(({ label }) => label), ...controls(outcome.state)],
    event: outcome.event,
  });
}
