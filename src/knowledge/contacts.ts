import type { Contact, Knowledge, Locale } from './types.ts';

/** How a contact is reached in one language. */
export interface Reached {
  readonly value: string;
  readonly link: string;
  /** The language whose entry this is. */
  readonly locale: Locale;
}

/**
 * A contact in a language. A number that is the same in every other language is the same in a new one too (112, 116 000);
 * one that differs between languages, or that a language leaves out, is not given where nobody wrote it down.
 */
export function contactIn(
  { values, links }: Pick<Contact, 'values' | 'links'>,
  locale: Locale,
  { locales }: Pick<Knowledge, 'locales'>,
): Reached | undefined {
  const own = values[locale];
  if (own !== undefined) return { value: own, link: links[locale] ?? '', locale };
  const others = locales.filter((one) => one !== locale);
  const [first] = others;
  const value = values[first ?? ''];
  if (first === undefined || value === undefined || others.length < 2) return undefined;
  return others.every((one) => values[one] === value)
    ? { value, link: links[first] ?? '', locale: first }
    : undefined;
}
