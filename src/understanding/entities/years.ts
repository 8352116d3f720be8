import type { Lexicon } from '../../knowledge/index.ts';
import { normalise } from '../normalise.ts';

/** Years the bot could have figures about; other four-digit numbers are prices, codes or postcodes. */
const EARLIEST = 1990;
const LATEST = 2099;
const YEAR = /\b(?:19|20)\d\d\b/g;
/** `'18` after a word that asks for a year. */
const SHORT_YEAR = /['’](\d\d)\b/g;

/** Finds the years a message names, in digits or counted from the present ("last year"). */
export type FindYears = (text: string, now: Date) => readonly number[];

/**
 * Prepares the phrases for relative years ("vorig jaar", "l'an dernier") of one lexicon. They come from data because
 * the date recogniser of this project knows none in Dutch and breaks on French ones.
 *
 * @returns ascending years without doubles
 */
export function createFindYears(lexicon: Lexicon): FindYears {
  const relative = Object.entries(lexicon.relativeYears)
    .map(([phrase, offset]) => ({ phrase: ` ${normalise(phrase)} `, offset }))
    .sort((a, b) => b.phrase.length - a.phrase.length);

  return (text, now) => {
    const found = new Set<number>();
    for (const match of text.matchAll(YEAR)) found.add(Number(match[0]));
    for (const match of text.matchAll(SHORT_YEAR)) found.add(2000 + Number(match[1]));
    let rest = ` ${normalise(text)} `;
    for (const { phrase, offset } of relative) {
      if (!rest.includes(phrase)) continue;
      found.add(now.getFullYear() + offset);
      rest = rest.replace(phrase, ' ');
    }
    return [...found].filter((year) => year >= EARLIEST && year <= LATEST).sort((a, b) => a - b);
  };
}
