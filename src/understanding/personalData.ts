import recognizers from '@microsoft/recognizers-text-sequence';

/** What in a text could lead to a person. */
export type PersonalDataKind = 'email' | 'url' | 'phone' | 'iban' | 'national-number' | 'handle' | 'address';

export interface PersonalData {
  readonly kind: PersonalDataKind;
  /** Place in the text: from `start` up to, not including, `end`. */
  readonly start: number;
  readonly end: number;
}

interface Recognised {
  readonly start: number;
  readonly end: number;
}

const CULTURE = 'en-us';

/** Belgian forms; the recognisers for other countries miss many of them, or take them for something else. */
const PATTERNS: readonly (readonly [PersonalDataKind, RegExp])[] = [
  ['iban', /\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]{4}){2,7}(?:[ .-]?[A-Z0-9]{1,3})?\b/gi],
  ['national-number', /\b\d{2}[. -]?\d{2}[. -]?\d{2}[. -/]?\d{3}[. -]?\d{2}\b/g],
  ['phone', /(?:\+|\b00)32[ ./-]*(?:\(0\))?(?:[ ./-]*\d){8,9}\b/g],
  ['phone', /\b0\d{1,3}(?:[ ./-]*\d{2,3}){3}\b/g],
  ['handle', /(?<![\w.])@[\w.]{3,30}/g],
  [
    'handle',
    /(?<=\b(?:snap(?:chat)?|insta(?:gram)?|tiktok|discord|ig|roblox|telegram|compte|account|username|pseudo)\s*(?:is|=|:|est|naam|name)\s*)[\w.#-]{3,32}/gi,
  ],
  [
    'address',
    /\b(?:\p{L}+(?:straat|laan|weg|plein|lei|steenweg|dreef|kaai)|(?:rue|avenue|chaussée|boulevard|place|quai)(?:\s+(?:de|du|des|la|le|l['’]))*\s*[\p{L}'’-]+)\s*,?\s*\d{1,4}(?:\s?[a-z]\b)?(?:\s*,?\s*\d{4}\s+\p{Lu}\p{L}+)?/giu,
  ],
];

/** Sequence recognisers, for what has the same form everywhere. */
const RECOGNISERS: readonly (readonly [PersonalDataKind, (text: string) => readonly Recognised[]])[] = [
  ['email', (text) => recognizers.recognizeEmail(text, CULTURE)],
  ['url', (text) => recognizers.recognizeURL(text, CULTURE)],
  ['phone', (text) => recognizers.recognizePhoneNumber(text, CULTURE)],
];

/** A phone number has at least this many digits: years, ages and short helpline numbers stay. */
const PHONE_DIGITS = 8;

/**
 * Finds phone numbers, e-mail and web addresses, bank accounts, Belgian national numbers, handles and street addresses.
 * Overlaps are merged: what is found twice is reported once, under the kind found first.
 *
 * @returns in the order of the text
 */
export function findPersonalData(text: string): readonly PersonalData[] {
  const recognised = RECOGNISERS.flatMap(([kind, recognise]) =>
    recognise(text)
      .filter(
        ({ start, end }) =>
          kind !== 'phone' || (text.slice(start, end + 1).match(/\d/g)?.length ?? 0) >= PHONE_DIGITS,
      )
      .map(({ start, end }): PersonalData => ({ kind, start, end: end + 1 })),
  );
  const matched = PATTERNS.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].map(
      (match): PersonalData => ({ kind, start: match.index, end: match.index + match[0].length }),
    ),
  );
  const found = [...recognised, ...matched].sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: PersonalData[] = [];
  for (const one of found) {
    const last = merged.at(-1);
    if (last && one.start < last.end)
      merged[merged.length - 1] = { ...last, end: Math.max(last.end, one.end) };
    else merged.push(one);
  }
  return merged;
}

/** The text with every find replaced by its kind in brackets: `[phone]`. */
export function redact(text: string): string {
  return findPersonalData(text).reduceRight(
    (rest, { kind, start, end }) => `${rest.slice(0, start)}[${kind}]${rest.slice(end)}`,
    text,
  );
}
