import type { DialogNews } from '../conversation/index.ts';
import type { AnswerId, ContactId, Locale, SourceId } from '../knowledge/index.ts';

/** A contact as the window shows it: one card with one tap. */
export interface ContactCard {
  readonly id: ContactId;
  readonly kind: 'phone' | 'site';
  readonly name: string;
  readonly value: string;
  readonly link: string;
  readonly note: string;
}

export interface SourceNote {
  readonly id: SourceId;
  readonly title: string;
  readonly publisher: string;
  readonly date: string;
  readonly url?: string;
}

/** Data of a chart: the window draws it as SVG and as a table. Labels are ready to show. */
export interface Chart {
  readonly kind: 'years' | 'shares';
  readonly title: string;
  readonly unit: string;
  /** `label` is a year or a group; `shown` the value formatted for the locale; `value` its size. */
  readonly bars: readonly { readonly label: string; readonly value: number; readonly shown: string }[];
}

export interface Button {
  readonly title: string;
  /** What is sent in the person's name when tapped. */
  readonly value: string;
}

/** A reply in words, in one locale, for any channel. */
export interface Message {
  readonly locale: Locale;
  /** Markdown: paragraphs, lists, bold. */
  readonly text: string;
  /** The same without markup. */
  readonly plain: string;
  readonly buttons: readonly Button[];
  readonly contacts: readonly ContactCard[];
  readonly sources: readonly SourceNote[];
  readonly charts: readonly Chart[];
  readonly answer: {
    readonly id: AnswerId;
    readonly locale: Locale;
    readonly score: number;
    readonly year?: number;
  } | null;
  readonly choices: readonly AnswerId[];
  /** What happened to a dialog in this turn, for those who count. */
  readonly dialog?: DialogNews;
}
