/** Longest part of a message that is read; what comes after adds nothing to its intent. */
const MAX_CHARACTERS = 2000;

/** French elisions (`j'ai`, `qu'est`) become two words; every other apostrophe is dropped, as people do (`foto's` → `fotos`). */
const ELISION = /\b(j|l|d|c|s|n|m|t|qu|jusqu|lorsqu|puisqu|quelqu)['’](?=\p{L}{2})/gu;

/** Small letters of English without accents, single spaces: most words, and most of what people type on a phone. */
const PLAIN = /^[a-z]+(?: [a-z]+)*$/;
const EMPHASIS = /(\p{L})\1{2,}/u;

/**
 * Makes messages comparable: lower case, no accents, no apostrophes, no invisible characters,
 * letters repeated for emphasis ("heeeelp") once.
 *
 * @returns words separated by single spaces; empty when the text holds neither letters nor digits.
 */
export function normalise(text: string): string {
  if (text.length <= MAX_CHARACTERS && PLAIN.test(text) && !EMPHASIS.test(text)) return text;
  return text
    .slice(0, MAX_CHARACTERS)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}|\p{Cf}/gu, '')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(ELISION, '$1 ')
    .replace(/['’‘`´]/g, '')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .replace(/(\d)[., {2}](?=\d{3}\b)/g, '$1')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Words of a normalised text. */
export function words(normalised: string): string[] {
  return normalised === '' ? [] : normalised.split(' ');
}
