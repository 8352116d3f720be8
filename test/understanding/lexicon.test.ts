import { expect, test } from 'vitest';
import { EMPTY_LEXICON } from '../../src/understanding/languages.ts';
import { compileLexicon, expand, findConcepts } from '../../src/understanding/lexicon.ts';
import { openKnowledge } from '../helpers.ts';

const lexicon = (concepts: Record<string, readonly string[]>, abbreviations: Record<string, string> = {}) =>
  compileLexicon({ ...EMPTY_LEXICON, locale: 'en', abbreviations, concepts }, new Set());
const found = (text: string, concepts: Record<string, readonly string[]>) =>
  findConcepts(text.split(' '), lexicon(concepts));

test('a word of the lexicon is found where it stands', () => {
  expect(found('he wants a photo of me', { image: ['photo'] })).toEqual([{ concept: 'image', at: 3 }]);
});

test('an entry that ends in a star is found with any ending', () => {
  expect(found('two photographs', { image: ['photo*'] })).toEqual([{ concept: 'image', at: 1 }]);
});

test('a phrase is found however many words it has', () => {
  const concepts = { purpose: ['why on earth would anybody ever do that'] };
  expect(found('but why on earth would anybody ever do that', concepts)).toEqual([
    { concept: 'purpose', at: 1 },
  ]);
});

test('a phrase and its first word alone are both found', () => {
  expect(found('last year', { time: ['last'], past: ['last year'] })).toEqual([
    { concept: 'time', at: 0 },
    { concept: 'past', at: 0 },
  ]);
});

test('what an entry abbreviates is read as the plain words', () => {
  const compiled = lexicon({ unknown: ['idk'] }, { idk: 'i do not know' });
  expect(findConcepts(['i', 'do', 'not', 'know'], compiled)).toEqual([{ concept: 'unknown', at: 0 }]);
});

test.each([
  ['fr', 'il me frappe et je te dis que ce mec a pris sa photo'],
  ['nl', 'hij doet me pijn'],
  ['en', 'he hits me and it is on his phone'],
])('in %s no chat spelling takes the place of an everyday word: %j', async (locale, text) => {
  const written = (await openKnowledge()).lexicons[locale];
  if (!written) throw new Error(`no lexicon for ${locale}`);
  expect(expand(text.split(' '), compileLexicon(written, new Set()).abbreviations).join(' ')).toBe(
    text.replace('mec', 'garcon'),
  );
});
