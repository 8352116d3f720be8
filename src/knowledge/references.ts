import { contactIn } from './contacts.ts';
import { changeBetween, shareIn, valueIn } from './figures.ts';
import type { Knowledge, Locale, SourceId } from './types.ts';

/** `{{figure grooming-files 2018}}` */
const REFERENCE = /\{\{\s*([a-z]+)((?:\s+[\w.-]+)*)\s*\}\}/g;
/** Anything in double braces, to find references that are written wrongly. */
const BRACES = /\{\{[^{}]*\}\}/g;

/** Numbers as Belgians write them; other locales follow their own language. */
const REGIONS: Readonly<Record<Locale, string>> = { nl: 'nl-BE', fr: 'fr-BE', en: 'en-GB', de: 'de-BE' };

export function regionOf(locale: Locale): string {
  return REGIONS[locale] ?? locale;
}

/** Making a formatter takes a hundred times as long as using it; there are as many as there are languages and shapes. */
const formatters = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: Locale, style: 'decimal' | 'percent', fraction: number): Intl.NumberFormat {
  const key = `${locale} ${style} ${fraction}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(regionOf(locale), { style, maximumFractionDigits: fraction });
  formatters.set(key, made);
  return made;
}

/** `1728` → `1.728` (nl), `1 728` (fr, with a no-break space), `1,728` (en). */
export function formatNumber(value: number, locale: Locale, maximumFractionDigits = 0): string {
  return numberFormat(locale, 'decimal', maximumFractionDigits)
    .format(value)
    .replace(/\u202f/g, '\u00a0');
}

/** `131.63` → `131,6%` (nl), `131,6 %` (fr), `131.6%` (en). */
export function formatPercent(percent: number, locale: Locale): string {
  return numberFormat(locale, 'percent', 1)
    .format(percent / 100)
    .replace(/\u202f/g, '\u00a0');
}

/** `2026-11-24` → `24 november 2026`. */
export function formatDate(date: string, locale: Locale): string {
  return new Intl.DateTimeFormat(regionOf(locale), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(date),
  );
}

type Fields = Pick<Knowledge, 'series' | 'contacts' | 'locales'>;

/**
 * The words a reference stands for.
 *
 * @returns undefined where the reference names data that do not exist
 */
export function resolveReference(
  kind: string,
  args: readonly string[],
  locale: Locale,
  { series: all, contacts, locales }: Fields,
): string | undefined {
  const [id = '', first = '', second = ''] = args;
  const series = all[id];
  switch (kind) {
    case 'figure': {
      const value = series && valueIn(series, Number(first))?.value;
      return value === undefined ? undefined : formatNumber(value, locale);
    }
    case 'percent': {
      const percent = series && changeBetween(series, Number(first), Number(second))?.percent;
      return percent === undefined ? undefined : formatPercent(percent, locale);
    }
    case 'factor': {
      const factor = series && changeBetween(series, Number(first), Number(second))?.factor;
      return factor === undefined ? undefined : formatNumber(factor, locale, 1);
    }
    case 'share': {
      if (first !== 'girls' && first !== 'boys') return undefined;
      const share = series && shareIn(series, first, Number(second));
      return share === undefined ? undefined : formatPercent(share, locale);
    }
    case 'contact': {
      const contact = contacts[id];
      // A number that breaks over two lines is dialled wrong.
      return contact && contactIn(contact, locale, { locales })?.value.replaceAll(' ', '\u00a0');
    }
    default:
      return undefined;
  }
}

/** Sources of the figures that a text refers to, without doubles. */
export function sourcesOfFigures(text: string, { series: all }: Pick<Fields, 'series'>): readonly SourceId[] {
  const sources = [...text.matchAll(REFERENCE)].flatMap(([, kind = '', args = '']) => {
    const [id = '', ...rest] = args.trim().split(/\s+/);
    const years = rest.map(Number);
    const values = kind === 'share' ? all[id]?.shares : all[id]?.values;
    return (values ?? []).filter(({ year }) => years.includes(year)).map(({ source }) => source);
  });
  return [...new Set(sources)];
}

/** References of a text that stand for nothing, with their place in the text. */
export function brokenReferences(
  text: string,
  locale: Locale,
  fields: Fields,
): readonly { readonly reference: string; readonly index: number }[] {
  return [...text.matchAll(BRACES)].flatMap((match) => {
    const [parsed] = [...match[0].matchAll(REFERENCE)];
    const resolved =
      parsed && resolveReference(parsed[1] ?? '', (parsed[2] ?? '').trim().split(/\s+/), locale, fields);
    return resolved === undefined ? [{ reference: match[0], index: match.index }] : [];
  });
}

/** Puts the words in the place of every reference. Loading made sure that each of them stands for something. */
export function fillReferences(text: string, locale: Locale, fields: Fields): string {
  return text.replace(
    REFERENCE,
    (reference, kind: string, args: string) =>
      resolveReference(kind, args.trim().split(/\s+/), locale, fields) ?? reference,
  );
}
