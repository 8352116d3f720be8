import type {
  AnswerId,
  AspectId,
  ChoiceId,
  ContactId,
  DialogId,
  Locale,
  SeriesId,
  SourceId,
  TopicId,
} from '../knowledge/index.ts';
import type { Role } from '../understanding/index.ts';
import type { DialogNews, DialogState } from './dialog/types.ts';

export type { DialogEvent, DialogNews, DialogState } from './dialog/types.ts';

/** What a conversation remembers between turns: closed values only, never what somebody typed. Plain JSON. */
export interface ConversationState {
  readonly version: 1;
  readonly locale: Locale;
  /** What the talk is about, for follow-ups; forgotten after a change of subject or some silent turns. */
  readonly topic?: TopicId;
  readonly aspect?: AspectId;
  readonly year?: number;
  readonly role?: Role;
  /** Turns since topic, aspect, year and role were last used. */
  readonly idle: number;
  /** Messages in a row that were not understood. */
  readonly misses: number;
  readonly lastAnswer?: AnswerId;
  /** Choices offered by the last reply ("do you mean …?"). */
  readonly choices: readonly AnswerId[];
  /** The dialog that is under way, or waits while something else is talked about. */
  readonly dialog?: DialogState;
  /** The language in which the person reads answers that theirs does not have. */
  readonly fallbackLocale?: Locale;
  /** The answer that the last reply offered in other languages. */
  readonly untranslated?: AnswerId;
}

/** One piece of a reply. The rendering turns pieces into words. */
export type ReplyPart =
  /** The body of a verified answer. */
  | { readonly kind: 'answer'; readonly id: AnswerId }
  /** The value of a series in some years, computed from the data; how it changed where there are two. */
  | {
      readonly kind: 'figure';
      readonly series: SeriesId;
      readonly years: readonly number[];
      /** Whether the shares of girls and boys were asked, too. */
      readonly shares?: boolean;
    }
  /** Contact cards without a text of their own. */
  | { readonly kind: 'contacts'; readonly ids: readonly ContactId[] }
  /** A sentence of `locales/<locale>/`, as `namespace:key`. */
  | {
      readonly kind: 'text';
      readonly key: string;
      readonly values?: Readonly<Record<string, string | number>>;
      /** Named under the sentence, with those of the figures in it. */
      readonly sources?: readonly SourceId[];
    };

export type QuickReply =
  /** Tapping asks for that answer: its title is sent. */
  | { readonly kind: 'answer'; readonly id: AnswerId }
  /** Tapping sends this sentence of `locales/`. */
  | { readonly kind: 'text'; readonly key: string }
  /** Tapping sends the name of that language, in that language. */
  | { readonly kind: 'language'; readonly locale: Locale }
  /** Tapping starts that dialog: its title is sent. */
  | { readonly kind: 'dialog'; readonly id: DialogId }
  /** Tapping makes that choice in a dialog: its label is sent. */
  | { readonly kind: 'choice'; readonly dialog: DialogId; readonly choice: ChoiceId }
  /** Tapping sends that number, as the language writes it. */
  | { readonly kind: 'number'; readonly value: number };

export interface Reply {
  readonly locale: Locale;
  /** For what does not exist in `locale`; the default language where it is absent. */
  readonly fallbackLocale?: Locale;
  readonly parts: readonly ReplyPart[];
  readonly quickReplies: readonly QuickReply[];
  /** The answer given, `dialog.<id>` for a step of a dialog; null when the bot asks back. */
  readonly answer: { readonly id: AnswerId; readonly score: number; readonly year?: number } | null;
  /** The answers offered, when the bot asks back. */
  readonly choices: readonly AnswerId[];
  /** What happened to a dialog in this turn. */
  readonly dialog?: DialogNews;
}
