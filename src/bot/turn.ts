import type { TurnContext } from 'botbuilder';
import type { ConversationState } from '../conversation/index.ts';
import type { Locale } from '../knowledge/index.ts';
import type { BotEvent } from './events.ts';

/** What the bot keeps of a conversation between two turns: plain JSON. */
export interface Kept {
  /** What the brain remembers. */
  readonly conversation?: ConversationState;
  /** The bot has said hello. */
  readonly welcomed?: boolean;
  /** Language of the welcome: what a message in no clear language is answered in. */
  readonly locale?: Locale;
  /** A safety answer was given: from then on no word of the conversation may be kept by those who count. */
  readonly sensitive?: boolean;
  /** A message was answered: the next one is not the first. */
  readonly used?: boolean;
}

/** What the handlers of one turn share, in the turn state of Bot Framework. */
export interface Turn {
  kept: Kept;
  readonly events: BotEvent[];
}

const TURN = Symbol('turn');

/**
 * Begins a turn with what was kept. The channel keeps message, replies and state in one piece, so the state goes in and
 * comes out of the turn: the `BotState` of the SDK, which writes to a storage of its own, would only copy it twice more.
 *
 * @param kept as the turn before left it; undefined for the first one
 */
export function beginTurn(context: TurnContext, kept: unknown): Turn {
  const turn: Turn = { kept: (kept ?? {}) as Kept, events: [] };
  context.turnState.set(TURN, turn);
  return turn;
}

/** @throws where the turn was not begun */
export function turnOf(context: TurnContext): Turn {
  const turn = context.turnState.get<Turn | undefined>(TURN);
  if (!turn) throw new Error('beginTurn comes before the handlers of a turn');
  return turn;
}
