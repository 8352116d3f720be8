import type { Brain, BrainTurn } from '../brain.ts';
import type { AnswerId, DialogId, Locale } from '../knowledge/index.ts';

/**
 * What happened while an activity was handled, for those who count it (metrics, insights). It is told once the turn is
 * kept, so that nothing is counted twice. Nothing here names a person, but `utterance` is what somebody typed: it may
 * be read to count, never logged or stored as it stands.
 */
export type BotEvent =
  | { readonly kind: 'welcomed'; readonly locale: Locale }
  | {
      readonly kind: 'answered';
      readonly utterance: string;
      readonly turn: BrainTurn;
      /** The first message of its conversation. */
      readonly first?: boolean;
      /** A safety answer was given in this conversation, now or before: nothing of its words may be kept. */
      readonly sensitive?: boolean;
    }
  | { readonly kind: 'upload-refused'; readonly locale: Locale }
  | {
      readonly kind: 'feedback';
      readonly answer: AnswerId;
      readonly helpful: boolean;
      readonly locale: Locale;
    }
  /** A dialog was begun by a link, without a message. */
  | { readonly kind: 'dialog-opened'; readonly dialog: DialogId; readonly locale: Locale }
  /** The conversation began by a link of a campaign. */
  | { readonly kind: 'campaign'; readonly campaign: string; readonly locale: Locale };

/** Takes what happened. Must not throw, and must return at once: a person waits for the reply. */
export type Observe = (events: readonly BotEvent[]) => void;

/** Names that campaigns may have: `poster-gent-2026`. */
export const CAMPAIGN = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** Reads an event activity of the window; undefined for one that is not known, or not of the right shape. */
export function readEvent(
  name: string,
  value: unknown,
  locale: Locale,
  { knowledge }: Pick<Brain, 'knowledge'>,
): BotEvent | undefined {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (name === 'feedback') {
    const { answer, helpful } = fields;
    const known = typeof answer === 'string' && Object.hasOwn(knowledge.answers, answer);
    return known && typeof helpful === 'boolean' ? { kind: 'feedback', answer, helpful, locale } : undefined;
  }
  if (name === 'campaign') {
    const { campaign } = fields;
    return typeof campaign === 'string' && CAMPAIGN.test(campaign)
      ? { kind: 'campaign', campaign, locale }
      : undefined;
  }
  return undefined;
}
