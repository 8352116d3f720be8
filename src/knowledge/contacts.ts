import type { Contact, Knowledge, Locale } from './types.ts';

/** How a contact is reached in one language. */
export interface Reached {
  readonly value: string;
  readonly link: string;
  /** The language whose entry this is. */
  readonly locale: Locale;
}

/**
 * A contact in a language. A phone number that is the same in every other language is the same in a new one too (112,
 * 116 000); one that differs, and a website, which has languages of its own, is given only where somebody wrote it down.
 */
export function contactIn(
  { kind, values, links }: Pick<Contact, 'kind' | 'values' | 'links'>,
  locale: Locale,
  { locales }: Pick<Knowledge, 'locales'>,
): Reached | undefined {
  const own = values[locale];
  if (own !== undefined) return { value: own, link: links[locale] ?? '', locale };
  if (kind !== 'phone') return undefined;
  const others = locales.filter((one) => one !== locale);
  const [first] = others;
  const value = values[first ?? ''];
  if (first === undefined || value === undefined) return undefined;
  return others.every((one) => values[one] === value)
    ? { value, link: links[first] ?? '', locale: first }
    : undefined;
}
