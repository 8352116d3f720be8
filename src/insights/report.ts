import type { AnswerId, Knowledge, Locale } from '../knowledge/index.ts';
import { aspectOf, topicOf } from '../understanding/index.ts';
import { daysOfMonth, monthsOfYear } from './days.ts';
import { type Shown, shown, shownShare } from './publish.ts';
import type { DayCount } from './store/types.ts';
import type { Measure, Outcome } from './tally.ts';

/** A month (`2026-11`) or a year (`2026`). Free dates would let figures of single days be had by subtraction. */
export interface Period {
  readonly kind: 'month' | 'year';
  readonly id: string;
}

const PERIOD = /^20\d{2}(?:-(?:0[1-9]|1[0-2]))?$/;

export function readPeriod(text: string | undefined): Period | undefined {
  if (text === undefined || !PERIOD.test(text)) return undefined;
  return { kind: text.includes('-') ? 'month' : 'year', id: text };
}

/** First and last day. */
export function boundsOf({ kind, id }: Period): { readonly from: string; readonly to: string } {
  return kind === 'month' ? { from: `${id}-01`, to: `${id}-31` } : { from: `${id}-01-01`, to: `${id}-12-31` };
}

/** One bar of a list. */
export interface Row {
  readonly value: string;
  readonly count: Shown;
}

export interface AnswerRow extends Row {
  readonly helpful: Shown;
  readonly unhelpful: Shown;
  /** Percent of the votes. */
  readonly share: Shown;
}

export interface DialogRow extends Row {
  readonly finished: Shown;
  readonly share: Shown;
}

/** A day of a month or a month of a year. */
export interface Step {
  readonly id: string;
  readonly chats: Shown;
  readonly questions: Shown;
}

/** Everything that pages and exports show of a period: rounded, small counts left out. */
export interface Report {
  readonly period: Period;
  /** Undefined for all languages. */
  readonly locale?: Locale;
  readonly chats: Shown;
  readonly chatsUsed: Shown;
  readonly questions: Shown;
  readonly shares: Readonly<Record<Outcome, Shown>>;
  readonly outcomes: readonly Row[];
  readonly helpful: Shown;
  readonly votes: Shown;
  readonly steps: readonly Step[];
  readonly languages: readonly Row[];
  readonly topics: readonly Row[];
  readonly aspects: readonly Row[];
  readonly hours: readonly Row[];
  readonly answers: readonly AnswerRow[];
  readonly safety: readonly Row[];
  readonly dialogs: readonly DialogRow[];
  readonly campaigns: readonly Row[];
  readonly uploadsRefused: Shown;
}

type Subjects = Pick<Knowledge, 'topics' | 'aspects' | 'locales'>;

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

/** Sums of counts by any key. */
function sumBy(counts: readonly DayCount[], keyOf: (count: DayCount) => string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const one of counts) sums.set(keyOf(one), (sums.get(keyOf(one)) ?? 0) + one.count);
  return sums;
}

/** Rows large enough to be shown, the largest first. */
function rowsOf(sums: ReadonlyMap<string, number>): Row[] {
  return [...sums]
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b))
    .map(([value, sum]) => ({ value, count: shown(sum) }))
    .filter(({ count }) => count !== undefined);
}

/** The report of a period from the counts of its days. Pure. */
export function createReport(
  counts: readonly DayCount[],
  period: Period,
  locale: Locale | undefined,
  { topics, aspects, locales }: Subjects,
): Report {
  const all = locale === undefined ? counts : counts.filter((one) => one.locale === locale);
  const of = (measure: Measure) => all.filter((one) => one.measure === measure);
  const byValue = (measure: Measure) => sumBy(of(measure), ({ value }) => value);
  const total = (measure: Measure) => of(measure).reduce((sum, { count }) => sum + count, 0);

  const outcomes = byValue('outcome');
  const questions = total('outcome');
  const shareOf = (outcome: Outcome) => shownShare(outcomes.get(outcome) ?? 0, questions);
  const answers = byValue('answer');
  const [helpful, unhelpful] = [byValue('helpful'), byValue('unhelpful')];
  const [yes, no] = [total('helpful'), total('unhelpful')];
  const [started, finished] = [byValue('dialog-started'), byValue('dialog-finished')];
  const within = (known: object, keyOf: (id: AnswerId) => string) =>
    sumBy(
      of('answer').filter(({ value }) => topicOf(value) in topics && keyOf(value) in known),
      ({ value }) => keyOf(value),
    );
  const steps = period.kind === 'month' ? daysOfMonth(period.id) : monthsOfYear(period.id);
  const stepOf = ({ day }: DayCount) => (period.kind === 'month' ? day : day.slice(0, 'YYYY-MM'.length));
  const [chatSteps, questionSteps] = [sumBy(of('chat'), stepOf), sumBy(of('outcome'), stepOf)];
  const hours = byValue('hour');
  const languages = sumBy(
    counts.filter(({ measure }) => measure === 'outcome'),
    (one) => one.locale,
  );

  return {
    period,
    ...(locale !== undefined && { locale }),
    chats: shown(total('chat')),
    chatsUsed: shown(total('chat-used')),
    questions: shown(questions),
    shares: {
      answered: shareOf('answered'),
      'asked-back': shareOf('asked-back'),
      'not-understood': shareOf('not-understood'),
      safety: shareOf('safety'),
      dialog: shareOf('dialog'),
    },
    outcomes: rowsOf(outcomes),
    helpful: shownShare(yes, yes + no),
    votes: shown(yes + no),
    steps: steps.map((id) => ({
      id,
      chats: shown(chatSteps.get(id) ?? 0),
      questions: shown(questionSteps.get(id) ?? 0),
    })),
    languages: rowsOf(languages).filter(({ value }) => locales.includes(value)),
    topics: rowsOf(within(topics, topicOf)),
    aspects: rowsOf(within(aspects, aspectOf)),
    hours: HOURS.map((value) => ({ value, count: shown(hours.get(value) ?? 0) })),
    answers: rowsOf(answers)
      .filter(({ value }) => topicOf(value) !== 'safety')
      .map((row) => {
        const [up, down] = [helpful.get(row.value) ?? 0, unhelpful.get(row.value) ?? 0];
        return { ...row, helpful: shown(up), unhelpful: shown(down), share: shownShare(up, up + down) };
      }),
    safety: rowsOf(answers).filter(({ value }) => topicOf(value) === 'safety'),
    dialogs: rowsOf(started).map((row) => ({
      ...row,
      finished: shown(finished.get(row.value) ?? 0),
      share: shownShare(finished.get(row.value) ?? 0, started.get(row.value) ?? 0),
    })),
    campaigns: rowsOf(byValue('campaign')),
    uploadsRefused: shown(total('upload-refused')),
  };
}
