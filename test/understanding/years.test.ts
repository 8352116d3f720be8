import recognizers from '@microsoft/recognizers-text-date-time';
import { expect, test } from 'vitest';
import { createFindYears } from '../../src/understanding/entities/years.ts';
import { normalise, words } from '../../src/understanding/normalise.ts';
import { NOW, openKnowledge } from '../helpers.ts';

interface Recognised {
  readonly resolution?: { readonly values?: readonly { readonly start?: string; readonly value?: string }[] };
}

/** Years as Recognizers-Text resolves them. */
function reference(text: string, culture: string): number[] {
  const model = new recognizers.DateTimeRecognizer(culture).getDateTimeModel();
  const results = model.parse(text, NOW) as Recognised[];
  const dates = results.flatMap(
    ({ resolution }) => resolution?.values?.map(({ start, value }) => start ?? value ?? '') ?? [],
  );
  return [...new Set(dates.map((date) => Number(date.slice(0, 4))))].sort();
}

test.each([
  ['en', 'en-us', 'how many in 2018'],
  ['en', 'en-us', '2017 vs 2018'],
  ['en', 'en-us', 'last year'],
  ['en', 'en-us', 'two years ago'],
  ['en', 'en-us', 'this year'],
  ['fr', 'fr-fr', 'combien en 2018'],
  ['fr', 'fr-fr', 'entre 2017 et 2018'],
  ['nl', 'nl-nl', 'hoeveel in 2018'],
  ['nl', 'nl-nl', 'tussen 2017 en 2018'],
])('%s: where Recognizers-Text (%s) resolves %j, we read the same years', async (locale, culture, text) => {
  const lexicon = (await openKnowledge()).lexicons[locale];
  if (!lexicon) throw new Error(`no lexicon for ${locale}`);
  expect(createFindYears(lexicon)(text, words(normalise(text)), NOW)).toEqual(reference(text, culture));
});

test.each([
  ['nl', 'hoeveel in 2018 en het jaar ervoor', [2017, 2018]],
  ['nl', 'met hoeveel gestegen tegenover 2017', [2017, 2018]],
  ['fr', "en 2018 par rapport à l'année d'avant", [2017, 2018]],
  ['en', 'how many in 2017 and the year after', [2017, 2018]],
  ['en', '2016 compared to 2018', [2016, 2018]],
  ['nl', 'hoeveel meer na 2017', [2017, 2018]],
  ['fr', 'combien de plus depuis 2017', [2017, 2018]],
  ['en', 'how many last year', [2025]],
])('%s: %j names the years %j', async (locale, text, years) => {
  const lexicon = (await openKnowledge()).lexicons[locale];
  if (!lexicon) throw new Error(`no lexicon for ${locale}`);
  expect(createFindYears(lexicon)(text, words(normalise(text)), NOW)).toEqual(years);
});
