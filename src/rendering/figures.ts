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
  type Share,
  type SourceId,
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

/** What is asked of a series. */
export interface FigureAsked {
  /** Ascending. */
  readonly years: readonly number[];
  /** Whether the shares of girls and boys are asked, too. */
  readonly shares?: boolean;
}

/** The years asked; after a single one without data the years with data around it. */
function yearsShown(series: Series, years: readonly number[]): readonly number[] {
  const [only] = years;
  if (only === undefined || years.length > 1 || valueIn(series, only)) return years;
  const known = series.values.map(({ year }) => year);
  const around = [known.findLast((year) => year < only), known.find((year) => year > only)];
  return [only, ...around.filter((year) => year !== undefined)];
}

/** The shares of the years asked; where none of these has any, the latest there are. */
function sharesShown(series: Series, { years, shares }: FigureAsked): readonly Share[] {
  if (!shares) return [];
  const asked = series.shares.filter(({ year }) => years.includes(year));
  return asked.length > 0 ? asked : latestShares(series);
}

function latestShares({ shares }: Series): readonly Share[] {
  const latest = shares.at(-1)?.year;
  return shares.filter(({ year }) => year === latest);
}

/** Where the figures come from that are shown for what is asked; empty where there are none. */
export function sourcesShown(series: Series, asked: FigureAsked): readonly SourceId[] {
  const values = yearsShown(series, asked.years).flatMap((year) => valueIn(series, year) ?? []);
  return [...new Set([...values, ...sharesShown(series, asked)].map(({ source }) => source))];
}

/** A group and its share, as words: the same in a sentence and beside a bar. */
function shareWords({ group, percent }: Share, locale: Locale, say: Say) {
  return { label: say(locale, `conversation:figures.group.${group}`), shown: formatPercent(percent, locale) };
}

/** Sentences on a series in the years asked: each value, how it changed, what to bear in mind, and where it comes from. */
export function figureText(
  series: Series,
  asked: FigureAsked,
  locale: Locale,
  knowledge: Knowledge,
  say: Say,
): string {
  const years = yearsShown(series, asked.years);
  const paragraphs = [years.map((year) => valueText(series, year, locale, knowledge, say)).join('\n\n')];
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
  for (const [year, inYear] of Map.groupBy(sharesShown(series, asked), (share) => share.year)) {
    const listed = inYear
      .map((share) => shareWords(share, locale, say))
      .map(({ label, shown }) => `${label} ${shown}`);
    paragraphs.push(say(locale, 'conversation:figures.shares', { year, shares: listed.join(', ') }));
  }
  const sources = sourcesShown(series, asked);
  if (sources.length === 0) return paragraphs.join('\n\n');
  const remark = series.remark?.[locale];
  if (remark) paragraphs.push(remark);
  const shown = sources.map((id) => {
    const source = knowledge.sources[id];
    return source ? `${source.publisher}, ${source.date}` : id;
  });
  paragraphs.push(say(locale, 'conversation:sourceLine', { source: shown.join('; ') }));
  return paragraphs.join('\n\n');
}

/** One year of a series as a sentence, or that it has no figure and which years have. */
function valueText(series: Series, year: number, locale: Locale, knowledge: Knowledge, say: Say): string {
  const name = nameOf(series, locale, knowledge);
  const value = valueIn(series, year);
  if (!value) {
    const near = nearestYears(series, year, NEAREST);
    return say(locale, 'conversation:figures.noData', { year, name, years: listYears(near, locale) });
  }
  const stated = say(locale, `conversation:figures.${value.atLeast ? 'valueAtLeast' : 'value'}`, {
    year,
    value: formatNumber(value.value, locale),
    unit: say(locale, `conversation:figures.unit.${series.unit}`),
    name,
  });
  const until =
    value.until && say(locale, 'conversation:figures.until', { date: formatDate(value.until, locale) });
  return until ? `${stated} ${until}` : stated;
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
  const shares = latestShares(series);
  const year = shares[0]?.year;
  if (year === undefined) return undefined;
  return {
    kind: 'shares',
    title: `${nameOf(series, locale, knowledge)}, ${year}`,
    unit: '%',
    bars: shares.map((share) => ({ ...shareWords(share, locale, say), value: share.percent })),
  };
}
