import { dialogName, dialogOf, existsIn, type Knowledge } from '../../knowledge/index.ts';
import type { Understanding } from '../../understanding/index.ts';
import type { Turn } from '../respond.ts';
import type { ConversationState, QuickReply, ReplyPart } from '../types.ts';
import { start } from './engine.ts';
import { currentDialog } from './expected.ts';
import { Guide } from './guide.ts';
import { dialogTurn, goTo, HUMAN, isAsked, quickReply, RESUME, withoutDialog } from './turns.ts';
import type { DialogState } from './types.ts';

/**
 * One message while a dialog is under way. Safe word and safety come before, and are not seen here.
 *
 * @param answer what the bot would say to the message without a dialog
 * @returns undefined where no dialog is under way, or the message begins another one
 */
export function respondInDialog(
  state: ConversationState,
  understanding: Understanding,
  knowledge: Knowledge,
  answer: () => Turn,
): Turn | undefined {
  if (!state.dialog || dialogOf(understanding.candidates[0]?.id ?? '') !== undefined) return undefined;
  const dialog = currentDialog(state.dialog, knowledge);
  if (!dialog) return changed(state, state.dialog, understanding, knowledge, answer);
  return new Guide(state, state.dialog, dialog, understanding, knowledge, answer).respond();
}

/** The dialog's file has changed since, or is gone: says so, and offers to begin anew. */
function changed(
  state: ConversationState,
  running: DialogState,
  understanding: Understanding,
  { dialogs }: Knowledge,
  answer: () => Turn,
): Turn | undefined {
  const rest = withoutDialog(state);
  if (understanding.command === 'human' || understanding.command === 'stop') return undefined;
  const still = dialogs[running.id];
  const says: ReplyPart = { kind: 'text', key: still ? 'dialogs:changed' : 'dialogs:gone' };
  const offers: readonly QuickReply[] = [
    ...(still ? [quickReply(dialogName(still.id))] : []),
    quickReply(HUMAN),
  ];
  const news = { id: running.id, event: 'left' } as const;
  const other = answer();
  if (isAsked(other)) {
    return {
      state: withoutDialog(other.state),
      reply: { ...other.reply, parts: [...other.reply.parts, says], quickReplies: offers, dialog: news },
    };
  }
  return dialogTurn(rest, running.id, { parts: [says], quickReplies: offers, event: 'left' });
}

/**
 * Begins a dialog: by its button, by its name, or by a link.
 *
 * @returns undefined where it does not exist in the language of the conversation
 */
export function startDialog(state: ConversationState, id: string, knowledge: Knowledge): Turn | undefined {
  const dialog = Object.hasOwn(knowledge.dialogs, id) ? knowledge.dialogs[id] : undefined;
  if (!dialog || !existsIn(dialog, state.locale)) return undefined;
  return goTo(state, dialog, start(dialog), knowledge);
}

/** A dialog waits while safety comes first; it can be taken up again, but nobody is asked to. */
export function pauseForSafety({ state, reply }: Turn): Turn {
  const { dialog } = state;
  if (!dialog) return { state, reply };
  return {
    state: { ...state, dialog: { ...dialog, paused: { by: 'safety', turns: 1 } } },
    reply: { ...reply, quickReplies: [...reply.quickReplies, RESUME] },
  };
}
