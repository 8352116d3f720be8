import { describe, expect, test } from 'vitest';
import { groupQuestions, type StoredQuestion, shownGroups } from '../../../src/insights/questions/group.ts';

const asked = (text: string, day: string, count = 1, locale = 'nl'): StoredQuestion => ({
  day,
  locale,
  text,
  reason: 'asked-back',
  near: ['reporting.process', 'child-focus.contact'],
  count,
});

describe('questions are grouped by likeness', () => {
  test('through other endings, order and slips; what is unlike stays apart', () => {
    const groups = groupQuestions([
      asked('hoe lang duurt het voor ik antwoord krijg', '2026-11-20'),
      asked('hoe lang duurt het tot ik een antwoord krijg', '2026-11-20'),
      asked('hoelang duurt het voor ik antwoord krijg', '2026-11-21'),
      asked('kan ik een foto van mijn kind laten zien', '2026-11-21'),
    ]);
    expect(groups.map(({ texts }) => texts.length)).toEqual([3, 1]);
  });

  test('in each language apart', () => {
    const groups = groupQuestions([
      asked('wat is sexting online', '2026-11-20'),
      asked('wat is sexting online', '2026-11-20', 1, 'fr'),
    ]);
    expect(groups.map(({ locale }) => locale).sort()).toEqual(['fr', 'nl']);
  });

  test('with the most frequent text first, and the answers that were near', () => {
    const [group] = groupQuestions([
      asked('hoe lang duurt dat', '2026-11-20'),
      asked('hoe lang duurt dat nog', '2026-11-20', 3),
    ]);
    expect(group?.texts[0]).toBe('hoe lang duurt dat nog');
    expect(group?.count).toBe(4);
    expect(group?.near).toEqual(['reporting.process', 'child-focus.contact']);
  });
});

describe('a group is shown', () => {
  const TODAY = '2026-11-24';

  test('from five messages on two days', () => {
    const questions = [
      asked('hoe lang duurt dat', '2026-11-22', 2),
      asked('hoe lang duurt dat', '2026-11-23', 3),
    ];
    expect(shownGroups(questions, TODAY)).toHaveLength(1);
    expect(shownGroups([asked('hoe lang duurt dat', '2026-11-23', 9)], TODAY)).toEqual([]);
    expect(shownGroups(questions.slice(0, 1), TODAY)).toEqual([]);
  });

  test('or, however small, after seven days', () => {
    expect(shownGroups([asked('hoe lang duurt dat', '2026-11-17')], TODAY)).toHaveLength(1);
    expect(shownGroups([asked('hoe lang duurt dat', '2026-11-18')], TODAY)).toEqual([]);
  });

  test('without the questions of today', () => {
    expect(shownGroups([asked('hoe lang duurt dat', TODAY, 50)], TODAY)).toEqual([]);
  });
});
