/** Longest part of a message that is read; what comes after adds nothing to its intent. */
const MAX_CHARACTERS = 2000;

/** French elisions (`j'ai`, `qu'est`) become two words; every other apostrophe is dropped, as people do (`foto's` → `fotos`). */
const ELISION = /\b(j|l|d|c|s|n|m|t|qu|jusqu|lorsqu|puisqu|quelqu)['’](?=\p{L}{2})/gu;

/** Small letters of English without accents, single spaces: most words, and most of what people type on a phone. */
const PLAIN = /^[a-z]+(?: [a-z]+)*$/;
const EMPHASIS = /(\p{L})\1{2,}/gu;
const APOSTROPHES = /['’‘`´]/g;
export const ASCII = /^\p{ASCII}*$/u;
/** Between the thousands of a number; "116 000" is one word. */
const THOUSANDS = /(\d)[., ](?=\d{3}\b)/g;

/** Accents, invisible characters and joined letters of other alphabets than English. */
function withoutMarks(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}|\p{Cf}/gu, '')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae');
}

/**
 * Makes messages comparable: lower case, no accents, no apostrophes, no invisible characters,
 * letters repeated for emphasis ("heeeelp") once.
 *
 * @returns words separated by single spaces; empty when the text holds neither letters nor digits.
 */
export function normalise(text: string): string {
  if (PLAIN.test(text) && text.length <= MAX_CHARACTERS) return text.replace(EMPHASIS, '$1');
  const read = text.slice(0, MAX_CHARACTERS);
  const plain = ASCII.test(read) ? read.toLowerCase() : withoutMarks(read);
  return plain
    .replace(ELISION, '$1 ')
    .replace(APOSTROPHES, '')
    .replace(EMPHASIS, '$1')
    .replace(THOUSANDS, '$1')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Words of a normalised text. */
export function words(normalised: string): string[] {
  return normalised === '' ? [] : normalised.split(' ');
}
