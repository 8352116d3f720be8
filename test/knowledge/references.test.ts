import { expect, test } from 'vitest';
import {
  changeBetween,
  fillReferences,
  formatNumber,
  formatPercent,
  nearestYears,
  type Series,
} from '../../src/knowledge/index.ts';
import { openKnowledge } from '../helpers.ts';

test.each([
  ['nl', '1.728'],
  ['fr', '1\u00a0728'],
  ['en', '1,728'],
])('numbers are written as in %s', (locale, shown) => {
  expect(formatNumber(1728, locale)).toBe(shown);
});

test.each([
  ['nl', '131,6%'],
  ['fr', '131,6\u00a0%'],
  ['en', '131.6%'],
])('percentages are written as in %s', (locale, shown) => {
  expect(formatPercent(131.635, locale)).toBe(shown);
});

test('references stand for the data', async () => {
  const knowledge = await openKnowledge();
  const text =
    '{{figure abuse-image-reports 2018}} {{percent sexting-files 2017 2018}} {{share grooming-files girls 2018}} {{contact reporting}}';
  expect(fillReferences(text, 'nl', knowledge)).toBe('1.728 15,6% 80% stopchildporno.be');
});

test('the changes of the article are computed from the data', async () => {
  const { series } = await openKnowledge();
  const change = (id: string) => changeBetween(series[id] as Series, 2017, 2018);
  expect(change('abuse-image-reports')?.percent).toBeCloseTo(131.6, 1);
  expect(change('abuse-image-reports')?.factor).toBeCloseTo(2.32, 2);
  expect(change('sexting-files')).toMatchObject({ direction: 'down', difference: 21 });
  expect(change('grooming-files')?.percent).toBeCloseTo(16.3, 1);
  expect(change('sextortion-reports')?.percent).toBeCloseTo(17.9, 1);
  expect(change('harassment-files')).toBeUndefined();
});

test('a year without data is answered with the nearest years that have them', async () => {
  const { series } = await openKnowledge();
  expect(nearestYears(series['harassment-files'] as Series, 2017, 3)).toEqual([2018, 2019]);
});
