import { expect, test } from 'vitest';
import { nearDuplicates } from './nearDuplicates.ts';

test('a copy with typing errors is found', () => {
  expect(
    nearDuplicates(['hoe herken ik een groomer op intsagram'], ['Hoe herken ik een groomer op Instagram?']),
  ).toHaveLength(1);
});

test('a copy with its words in another order is found', () => {
  expect(
    nearDuplicates(['op instagram een groomer hoe herken ik'], ['hoe herken ik een groomer op instagram']),
  ).toHaveLength(1);
});

test('another question about the same thing is none', () => {
  expect(
    nearDuplicates(['waaraan zie je dat iemand een groomer is'], ['hoe herken ik een groomer op instagram']),
  ).toEqual([]);
});
