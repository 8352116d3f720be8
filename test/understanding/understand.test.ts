import { expect, test } from 'vitest';
import { normalise } from '../../src/understanding/index.ts';
import { openBrain } from '../helpers.ts';

async function understood(text: string, locale?: string) {
  const brain = await openBrain();
  return brain.turn(undefined, text, locale === undefined ? {} : { locale }).understanding;
}

test.each([
  ["J'ai   reçu des PHOTOS!!", 'j ai recu des photos'],
  ["foto's", 'fotos'],
  ['heeeelp', 'help'],
  ['1 728 of 1.728', '1728 of 1728'],
  ['\u200bwat\u00ad is', 'wat is'],
  ['😀', ''],
])('%j is read as %j', (text, expected) => {
  expect(normalise(text)).toBe(expected);
});

test.each([
  ['hoeveel meldingen in 2018', 'nl'],
  ['combien de signalements en 2018', 'fr'],
  ['how many reports in 2018', 'en'],
  ['kheb nen nude gestuurd', 'nl'],
  ['jsp quoi faire', 'fr'],
  ['child focus wie', 'nl'],
])('%j is %s', async (text, locale) => {
  expect((await understood(text)).locale).toBe(locale);
});

test.each(['nl', 'fr', 'en'])('a word shared by the languages does not leave %s', async (locale) => {
  expect((await understood('sexting?', locale)).locale).toBe(locale);
});

test.each(['nl', 'fr', 'en'])('a name that the languages share does not leave %s', async (locale) => {
  expect((await understood('child focus', locale)).locale).toBe(locale);
});

test.each([
  ['hoeveel vorig jaar', [2025]],
  ['hoeveel 6 jaar geleden', [2020]],
  ["combien l'année dernière", [2025]],
  ['how many two years ago', [2024]],
  ['how many reports six years ago', [2020]],
  ['2017 vs 2018', [2017, 2018]],
  ['ik heb 2000 euro betaald', [2000]],
  ['cijfers', []],
])('%j names the years %j', async (text, years) => {
  expect((await understood(text)).entities.years).toEqual(years);
});

test.each([
  ['mijn dochter wordt afgeperst', 'child'],
  ['mon ami subit un chantage', 'friend'],
  ['i am being blackmailed', 'self'],
])('%j is about %s', async (text, role) => {
  expect((await understood(text)).entities.role).toBe(role);
});

test.each([
  ['wat is groming', 'grooming.definition'],
  ["c'est quoi la sextorcion", 'sextortion.definition'],
  ['what is sextorsion', 'sextortion.definition'],
])('a misspelt word is understood: %j', async (text, id) => {
  expect((await understood(text)).candidates[0]?.id).toBe(id);
});
