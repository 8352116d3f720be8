import type { BotEvent } from '../bot/index.ts';
import { FALLBACK, type Locale } from '../knowledge/index.ts';

/** What is counted. Topics and aspects need no count of their own: they follow from the answers. */
export type Measure =
  /** A chat was opened. */
  | 'chat'
  /** A chat in which something was asked. */
  | 'chat-used'
  /** A message, by what it led to: see `Outcome`. */
  | 'outcome'
  /** A message, by the hour of the day, `00`–`23`. */
  | 'hour'
  /** An answer given, by id. */
  | 'answer'
  /** A vote, by the id of the answer. */
  | 'helpful'
  | 'unhelpful'
  | 'dialog-started'
  | 'dialog-finished'
  | 'dialog-left'
  /** A chat opened by the link of a campaign. */
  | 'campaign'
  | 'upload-refused';

export const OUTCOMES = ['answered', 'asked-back', 'not-understood', 'safety', 'dialog'] as const;
/** What a message led to. */
export type Outcome = (typeof OUTCOMES)[number];

/** One thing to add to the counts. Holds nothing about a person. */
export interface Increment {
  readonly locale: Locale;
  readonly measure: Measure;
  /** What of the measure: an answer id, an outcome, a campaign; empty where there is only one. */
  readonly value: string;
}

type Answered = Extract<BotEvent, { kind: 'answered' }>;

/** Steps of a guided dialog are named `dialog.<id>` where answers have their id. */
const DIALOG_STEP = 'dialog.';

export function outcomeOf({ turn }: Answered): Outcome {
  const { answer, choices } = turn.message;
  if (answer?.id.startsWith('safety.')) return 'safety';
  if (choices.length > 0) return 'asked-back';
  if (answer?.id === FALLBACK) return 'not-understood';
  return answer?.id.startsWith(DIALOG_STEP) ? 'dialog' : 'answered';
}

function ofTurn(event: Answered, hourOfDay: string): Increment[] {
  const { answer, locale, dialog } = event.turn.message;
  const outcome = outcomeOf(event);
  const increments: Increment[] = [
    { locale, measure: 'outcome', value: outcome },
    { locale, measure: 'hour', value: hourOfDay },
  ];
  if (event.first) increments.push({ locale, measure: 'chat-used', value: '' });
  if (answer && outcome !== 'not-understood' && outcome !== 'dialog')
    increments.push({ locale, measure: 'answer', value: answer.id });
  if (dialog && dialog.event !== 'continued')
    increments.push({ locale, measure: `dialog-${dialog.event}`, value: dialog.id });
  return increments;
}

/**
 * What an event adds to the counts.
 *
 * @param hourOfDay `00`–`23`
 */
export function tally(event: BotEvent, hourOfDay: string): readonly Increment[] {
  switch (event.kind) {
    case 'welcomed':
      return [{ locale: event.locale, measure: 'chat', value: '' }];
    case 'answered':
      return ofTurn(event, hourOfDay);
    case 'upload-refused':
      return [{ locale: event.locale, measure: 'upload-refused', value: '' }];
    case 'feedback':
      return [
        { locale: event.locale, measure: event.helpful ? 'helpful' : 'unhelpful', value: event.answer },
      ];
    case 'dialog-opened':
      return [{ locale: event.locale, measure: 'dialog-started', value: event.dialog }];
    case 'campaign':
      return [{ locale: event.locale, measure: 'campaign', value: event.campaign }];
  }
}
