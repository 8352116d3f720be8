import type { Locale } from '../../knowledge/index.ts';
import type { Day, Hour } from '../days.ts';
import type { StoredQuestion } from '../questions/group.ts';
import type { Question } from '../questions/question.ts';
import type { Increment, Measure } from '../tally.ts';

/** An increment and how often it came. */
export interface Counted extends Increment {
  readonly count: number;
}

/** The sum of one count on one day. */
export interface DayCount {
  readonly day: Day;
  readonly locale: Locale;
  readonly measure: Measure;
  readonly value: string;
  readonly count: number;
}

export interface Campaign {
  readonly name: string;
  readonly added: Day;
}

/**
 * Where counts are kept, apart from the chats. Counts of an hour are put aside until it is over; then they join those of
 * their day, and the hour is forgotten. So nothing read here changes while somebody chats.
 */
export interface InsightStore {
  add(hour: Hour, counts: readonly Counted[], questions: readonly Question[]): Promise<void>;
  /** Joins the counts of hours before `hour` to their days. */
  settle(hour: Hour): Promise<void>;
  /** Sums of whole days or of what of a day is settled; `from` and `to` included. */
  counts(from: Day, to: Day): Promise<readonly DayCount[]>;
  /** First day with a count. */
  firstDay(): Promise<Day | undefined>;
  questions(): Promise<readonly StoredQuestion[]>;
  /** Erases these texts of a language, whenever they came. */
  eraseQuestions(locale: Locale, texts: readonly string[]): Promise<void>;
  /** Erases questions and counts of days before. */
  eraseBefore(days: { readonly questions: Day; readonly counts: Day }): Promise<void>;
  campaigns(): Promise<readonly Campaign[]>;
  /** False where the campaign is known already. */
  addCampaign(campaign: Campaign): Promise<boolean>;
  close(): Promise<void>;
}
