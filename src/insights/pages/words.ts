import { formatNumber, type Knowledge, type Locale } from '../../knowledge/index.ts';
import type { Say } from '../../rendering/index.ts';
import { LEAST_SHOWN, type Shown } from '../publish.ts';
import { OUTCOMES } from '../tally.ts';
import type { ChartWords } from './charts.ts';

/** Texts, names and figures in the language of the reader. */
export interface Words extends ChartWords {
  readonly locale: Locale;
  t(key: string, values?: Readonly<Record<string, string | number>>): string;
  percent(share: Shown): string;
  figure(count: Shown): string;
  answer(id: string): string;
  topic(id: string): string;
  aspect(id: string): string;
  language(id: string): string;
  outcome(id: string): string;
  /** `2026-11` → "november 2026", `2026-11-24` → "24". */
  month(id: string): string;
  date(day: string): string;
}

export function createWords(locale: Locale, say: Say, knowledge: Knowledge): Words {
  const t: Words['t'] = (key, values) => say(locale, `insights:${key}`, { least: LEAST_SHOWN, ...values });
  const format = (count: number) => formatNumber(count, locale);
  const fewer = t('fewer');
  const day = (id: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${id}T00:00:00Z`));
  return {
    locale,
    t,
    fewer,
    asTable: t('asTable'),
    format,
    percent: (share) =>
      share === undefined
        ? '–'
        : new Intl.NumberFormat(locale, { style: 'percent' })
            .format(share / 100)
            .replace(/\u202f/g, '\u00a0'),
    figure: (count) => (count === undefined ? fewer : format(count)),
    answer: (id) => knowledge.answers[id]?.[locale]?.title ?? id,
    topic: (id) => knowledge.topics[id]?.names[locale] ?? id,
    aspect: (id) => knowledge.aspects[id]?.names[locale] ?? id,
    language: (id) => say(id, 'conversation:languageName'),
    outcome: (id) => (OUTCOMES.some((one) => one === id) ? t(`outcomes.${id}`) : id),
    month: (id) => day(`${id}-01`, { month: 'long', year: 'numeric' }),
    date: (id) => day(id, { dateStyle: 'long' }),
  };
}
