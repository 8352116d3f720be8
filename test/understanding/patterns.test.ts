import { expect, test } from 'vitest';
import { compilePatterns, createFindPatterns } from '../../src/understanding/patterns.ts';

const found = (phrase: string, text: string, misspelt = true) =>
  createFindPatterns(
    compilePatterns(phrase, new Map(), misspelt).map((pattern) => ({ pattern, value: true })),
    new Set(),
  )(text.split(' ')).length > 0;

test.each([
  ['never .. wake up', 'i want to never ever again wake up'],
  ['cut my arm/wrist*', 'i cut my wrists'],
  ['kill myself', 'i want to kill myslef'],
  ["ils m'a/m'ont/ont suivi*", 'ils m ont suivie'],
  ["ils m'a/m'ont/ont suivi*", 'ils ont suivi'],
  ["je veux m'automutil*/mourir", 'je veux m automutiler'],
  ['which ... suicide', 'which number is there for people who have been thinking about suicide'],
])('%j stands in %j', (phrase, text) => {
  expect(found(phrase, text)).toBe(true);
});

test.each([
  ['never .. wake up', 'i never saw that she had a good reason to wake up'],
  ['cut my arm', 'i cut my hair'],
  ['me viole', 'on me vole'],
  ['werd verkracht', 'werd verdacht'],
])('%j does not stand in %j', (phrase, text) => {
  expect(found(phrase, text)).toBe(false);
});

test('what silences an alarm must be spelt right', () => {
  expect(found('doodsaai', 'doodgaan', false)).toBe(false);
});

test('a word of the files that was looked for before is found again', () => {
  const find = createFindPatterns(
    compilePatterns('kill myself', new Map(), true).map((pattern) => ({ pattern, value: true })),
    new Set(['kill', 'bill']),
  );
  for (const text of ['kill myself', 'kill bill', 'kill myself'])
    expect(find(text.split(' '))).toHaveLength(text === 'kill bill' ? 0 : 1);
});
