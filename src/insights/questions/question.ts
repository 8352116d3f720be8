import type { BotEvent } from '../../bot/index.ts';
import { type AnswerId, FALLBACK, type Locale } from '../../knowledge/index.ts';
import { outcomeOf } from '../tally.ts';
import { type StripRules, strip } from './strip.ts';

/** Why a message is on the list: nothing fitted, or the bot asked "do you mean …?". */
export type Reason = 'not-understood' | 'asked-back';

/** What is kept of a message that the bot could not answer at once: known words only, no time, no conversation. */
export interface Question {
  readonly locale: Locale;
  readonly reason: Reason;
  /** Words of the bot's own files, with gaps. */
  readonly text: string;
  /** Answers that were near, best first. */
  readonly near: readonly AnswerId[];
}

/**
 * From this probability of a safety answer on, however small, no word is kept: a disclosure that the bot failed to see is
 * the last thing to put on a list. On the evaluation set this leaves out 29 of 159 messages not understood, most of them
 * off the subject.
 */
const TOO_NEAR_TO_SAFETY = 0.01;
const MOST_NEAR = 3;

/** Never on the list: safety, what comes after it in a conversation, and what is not a question ("no", "stop"). */
function mayBeKept({ turn, sensitive }: Extract<BotEvent, { kind: 'answered' }>): boolean {
  const { safety, command, candidates } = turn.understanding;
  const nearSafety = candidates.some(
    ({ id, score }) => id.startsWith('safety.') && score >= TOO_NEAR_TO_SAFETY,
  );
  return !sensitive && safety === undefined && command === undefined && !nearSafety;
}

/** The question to keep of an event, if it is one and may be kept. */
export function questionFrom(event: BotEvent, rules: StripRules): Question | undefined {
  if (event.kind !== 'answered') return undefined;
  const reason = outcomeOf(event);
  if ((reason !== 'not-understood' && reason !== 'asked-back') || !mayBeKept(event)) return undefined;
  const text = strip(event.utterance, rules);
  if (text === undefined) return undefined;
  const { locale, choices } = event.turn.message;
  const ranked = event.turn.understanding.candidates.map(({ id }) => id);
  const near = (choices.length > 0 ? choices : ranked).filter(
    (id) => id !== FALLBACK && !id.startsWith('safety.'),
  );
  return { locale, reason, text, near: near.slice(0, MOST_NEAR) };
}
