import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shown, shownShare } from '../../src/insights/publish.ts';
import { createReport } from '../../src/insights/report.ts';
import type { DayCount } from '../../src/insights/store/types.ts';
import type { Measure } from '../../src/insights/tally.ts';

const SUBJECTS = {
  locales: ['nl', 'fr', 'en'],
  topics: {
    grooming: { id: 'grooming', names: {}, synonyms: {} },
    sexting: { id: 'sexting', names: {}, synonyms: {} },
  },
  aspects: { help: { id: 'help', names: {}, synonyms: {} }, law: { id: 'law', names: {}, synonyms: {} } },
};

const count = (measure: Measure) =>
  fc.record({
    day: fc.constantFrom('2026-11-01', '2026-11-02', '2026-12-24'),
    locale: fc.constantFrom('nl', 'fr', 'en'),
    measure: fc.constant(measure),
    value: fc.constantFrom('grooming.help', 'sexting.law', 'safety.crisis', 'chat.greeting'),
    count: fc.integer({ min: 1, max: 12 }),
  });
const counts: fc.Arbitrary<DayCount[]> = fc.array(
  fc.oneof(
    count('answer'),
    count('helpful'),
    count('unhelpful'),
    count('chat'),
    count('outcome'),
    count('campaign'),
  ),
);

/** Every number of a report. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('small counts', () => {
  test('from none to four look the same: not even that there was one is told', () => {
    expect([0, 1, 2, 3, 4].map(shown)).toEqual(Array(5).fill(undefined));
    expect([5, 7, 8, 12, 13].map(shown)).toEqual([5, 5, 10, 10, 15]);
  });

  test('are in no report, whatever was counted: every number shown is a multiple of five, from five on', () => {
    fc.assert(
      fc.property(
        counts,
        fc.constantFrom('2026-11', '2026'),
        fc.constantFrom(undefined, 'fr'),
        (all, id, locale) => {
          const kind = id.includes('-') ? 'month' : 'year';
          const report = createReport(all, { kind, id }, locale, SUBJECTS);
          for (const number of numbersIn({ ...report, shares: {} })) expect(number % 5).toBe(0);
          const rows = [...report.answers, ...report.topics, ...report.languages, ...report.campaigns];
          for (const row of rows) expect(row.count).toBeGreaterThanOrEqual(5);
        },
      ),
    );
  });

  test('cannot be had by subtraction: one to three hidden in a total leave more than one possibility', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 5, max: 400 }), { minLength: 1, maxLength: 6 }),
        // Four, the largest that is hidden, can follow where everything else is at its limit (7, 7 and 18 in all).
        fc.integer({ min: 1, max: 3 }),
        (others, hidden) => {
          const sum = others.reduce((all, one) => all + one, 0);
          // Which values of the hidden count go with what is shown, if all that is known is what is shown?
          const possible = [0, 1, 2, 3, 4].filter((guess) => {
            const total = shown(sum + hidden) ?? 0;
            const least = others.reduce((all, one) => all + Math.max(5, (shown(one) ?? 0) - 2), guess);
            const most = others.reduce((all, one) => all + (shown(one) ?? 0) + 2, guess);
            return least <= total + 2 && most >= total - 2;
          });
          expect(possible).toContain(hidden);
          expect(possible.length).toBeGreaterThan(1);
        },
      ),
    );
  });

  test('give no share: 19 votes say nothing, and of more the share is rounded', () => {
    expect(shownShare(18, 19)).toBeUndefined();
    expect(shownShare(13, 20)).toBe(65);
    expect(shownShare(2, 3000)).toBe(0);
  });
});
