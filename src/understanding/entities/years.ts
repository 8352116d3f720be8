import recognizers from '@microsoft/recognizers-text-date-time';
import type { Lexicon } from '../../knowledge/index.ts';
import { normalise } from '../normalise.ts';

/** Years the bot could have figures about; other four-digit numbers are prices, codes or postcodes. */
const EARLIEST = 1990;
const LATEST = 2099;
const DIGIT = /\d/;
const YEAR = /\b(?:19|20)\d\d\b/g;
/** `'18` after a word that asks for a year. */
const SHORT_YEAR = /['’](\d\d)\b/g;

/**
 * Finds the years a message names, in digits or counted from the present ("last year").
 *
 * @param plain words of the text, normalised
 */
export type FindYears = (text: string, plain: readonly string[], now: Date) => readonly number[];

interface Recognised {
  readonly resolution?: { readonly values?: readonly { readonly start?: string; readonly value?: string }[] };
}

/** A date recogniser of one culture, made when it is first needed: its patterns take a tenth of a second to build. */
function createRecogniser(culture: string): (text: string, now: Date) => readonly number[] {
  let model: ReturnType<InstanceType<typeof recognizers.DateTimeRecognizer>['getDateTimeModel']> | undefined;
  return (text, now) => {
    model ??= new recognizers.DateTimeRecognizer(culture).getDateTimeModel();
    const results = model.parse(text, now) as readonly Recognised[];
    return results
      .flatMap(({ resolution }) => resolution?.values ?? [])
      .map(({ start, value }) => Number((start ?? value ?? '').slice(0, 4)))
      .filter((year) => Number.isInteger(year) && year > 0);
  };
}

/**
 * Prepares the phrases for relative years ("vorig jaar", "l'an dernier") of one lexicon. They come from data because
 * Recognizers-Text knows none in Dutch, breaks on French ones and takes milliseconds a message; it is asked only where
 * the lexicon names words that it reads better than a list could ("six years ago"). See docs/decisions/0003.
 *
 * @returns ascending years without doubles
 */
export function createFindYears(lexicon: Lexicon): FindYears {
  const relative = Object.entries(lexicon.relativeYears)
    .map(([phrase, offset]) => ({ phrase: ` ${normalise(phrase)} `, offset }))
    .sort((a, b) => b.phrase.length - a.phrase.length);

  const beside = Object.entries(lexicon.besideNamedYear);

  /** The year that stands beside the only one named: "in 2018 and the year before". */
  function neighbour(year: number, plain: string): number | undefined {
    const [, offset] =
      beside.find(([phrase]) => plain.includes(` ${normalise(phrase.replace('{year}', String(year)))} `)) ??
      [];
    return offset === undefined ? undefined : year + offset;
  }

  const { culture, hints } = lexicon.dateRecogniser ?? { culture: '', hints: [] };
  const recognise = createRecogniser(culture);
  const hinted = hints.map((hint) => ` ${normalise(hint)} `);
  // Most messages hold no digit and none of these words.
  const openings = new Set(
    [...relative.map(({ phrase }) => phrase), ...hinted].map((one) => one.trim().split(' ')[0]),
  );

  return (text, plain, now) => {
    if (!DIGIT.test(text) && !plain.some((word) => openings.has(word))) return [];
    const found = new Set<number>();
    for (const year of text.match(YEAR) ?? []) found.add(Number(year));
    for (const match of text.matchAll(SHORT_YEAR)) found.add(2000 + Number(match[1]));
    let rest = ` ${plain.join(' ')} `;
    const [named] = found;
    const other = found.size === 1 && named !== undefined ? neighbour(named, rest) : undefined;
    if (other !== undefined) return sorted([...found, other]);
    for (const { phrase, offset } of relative) {
      if (!rest.includes(phrase)) continue;
      found.add(now.getFullYear() + offset);
      rest = rest.replace(phrase, ' ');
    }
    if (found.size === 0 && hinted.some((hint) => rest.includes(hint))) {
      for (const year of recognise(text, now)) found.add(year);
    }
    return sorted([...found]);
  };
}

function sorted(years: readonly number[]): readonly number[] {
  return years.filter((year) => year >= EARLIEST && year <= LATEST).sort((a, b) => a - b);
}
