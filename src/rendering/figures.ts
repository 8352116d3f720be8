import {
  changeBetween,
  formatDate,
  formatNumber,
  formatPercent,
  type Knowledge,
  type Locale,
  nearestYears,
  regionOf,
  type Series,
  valueIn,
} from '../knowledge/index.ts';
import type { Say } from './texts.ts';
import type { Chart } from './types.ts';

/** Years with data offered where the year asked has none. */
const NEAREST = 3;

/** `2017, 2018 en 2019` */
function listYears(years: readonly number[], locale: Locale): string {
  return new Intl.ListFormat(regionOf(locale), { type: 'conjunction' }).format(years.map(String));
}

/** What to call the series inside a sentence. */
export function nameOf(series: Series, locale: Locale, knowledge: Pick<Knowledge, 'locales'>): string {
  return series.names[locale] ?? series.names[knowledge.locales[0] ?? ''] ?? series.id;
}

/** Sentences on a series in the years asked: each value, how it changed, what to bear in mind, and where it comes from. */
export function figureText(
  series: Series,
  years: readonly number[],
  locale: Locale,
  knowledge: Knowledge,
  say: Say,
): string {
  const name = nameOf(series, locale, knowledge);
  const unit = say(locale, `conversation:figures.unit.${series.unit}`);
  const values = years.map((year) => valueIn(series, year));
  const sentences = years.map((year, i) => {
    const value = values[i];
    if (!value) {
      const near = nearestYears(series, year, NEAREST);
      return say(locale, 'conversation:figures.noData', { year, name, years: listYears(near, locale) });
    }
    const key = value.atLeast ? 'valueAtLeast' : 'value';
    const stated = say(locale, `conversation:figures.${key}`, {
      year,
      value: formatNumber(value.value, locale),
      unit,
      name,
    });
    const until =
      value.until && say(locale, 'conversation:figures.until', { date: formatDate(value.until, locale) });
    return until ? `${stated} ${until}` : stated;
  });
  const paragraphs = [sentences.join('\n\n')];
  const [from, to] = [years[0], years.at(-1)];
  const change = from !== undefined && to !== undefined && from !== to && changeBetween(series, from, to);
  if (change) {
    paragraphs.push(
      say(locale, `conversation:figures.${change.direction}`, {
        from: change.from.year,
        to: change.to.year,
        difference: formatNumber(change.difference, locale),
        percent: change.percent === undefined ? '–' : formatPercent(change.percent, locale),
      }),
    );
  }
  if (values.every((value) => value === undefined)) return paragraphs.join('\n\n');
  const remark = series.remark?.[locale];
  if (remark) paragraphs.push(remark);
  const sources = [...new Set(values.flatMap((value) => (value ? [value.source] : [])))];
  const shown = sources.map((id) => {
    const source = knowledge.sources[id];
    return source ? `${source.publisher}, ${source.date}` : id;
  });
  paragraphs.push(say(locale, 'conversation:sourceLine', { source: shown.join('; ') }));
  return paragraphs.join('\n\n');
}

/** The series as bars by year. */
export function yearsChart(series: Series, locale: Locale, knowledge: Knowledge, say: Say): Chart {
  return {
    kind: 'years',
    title: nameOf(series, locale, knowledge),
    unit: say(locale, `conversation:figures.unit.${series.unit}`),
    bars: series.values.map(({ year, value, atLeast }) => ({
      label: String(year),
      value,
      shown: `${atLeast ? '> ' : ''}${formatNumber(value, locale)}`,
    })),
  };
}

/** The latest shares of a series as bars by group; undefined where it has none. */
export function sharesChart(
  series: Series,
  locale: Locale,
  knowledge: Knowledge,
  say: Say,
): Chart | undefined {
  const year = series.shares.at(-1)?.year;
  if (year === undefined) return undefined;
  return {
    kind: 'shares',
    title: `${nameOf(series, locale, knowledge)}, ${year}`,
    unit: '%',
    bars: series.shares
      .filter((share) => share.year === year)
      .map(({ group, percent }) => ({
        label: say(locale, `conversation:figures.group.${group}`),
        value: percent,
        shown: formatPercent(percent, locale),
      })),
  };
}
