import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Dialogue,
  type Measured,
  measure,
  measureFollowUps,
  type Question,
  summarise,
} from '../../src/evaluation/index.ts';
import { normalise } from '../../src/understanding/index.ts';
import { openBrain, openKnowledge, ROOT } from '../helpers.ts';

const LOCALES = ['nl', 'fr', 'en'] as const;
const read = (name: string) => readFileSync(join(ROOT, 'test/evaluation', name), 'utf8');
const questionsIn = (locale: string) =>
  read(`${locale}.jsonl`)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Question);
type Floors = Readonly<
  Record<
    string,
    Readonly<
      Record<
        | 'right'
        | 'outOfScope'
        | 'falseRefusals'
        | 'safety'
        | 'falseAlarms'
        | 'locale'
        | 'figures'
        | 'asksBack',
        number
      >
    >
  >
>;
const floors = JSON.parse(read('floors.json')) as Floors;

async function measureAll(locale: string): Promise<Measured[]> {
  const brain = await openBrain();
  return questionsIn(locale).map((question) => measure(brain, question));
}

describe.each(LOCALES)('on questions in %s that are no phrasings', (locale) => {
  test('no figure falls below its floor', async () => {
    const measured = await measureAll(locale);
    const summary = summarise(measured);
    const floor = floors[locale];
    if (!floor) throw new Error(`floors.json has no floors for ${locale}`);
    for (const name of ['right', 'outOfScope', 'safety', 'locale', 'figures'] as const) {
      expect(summary[name], name).toBeGreaterThanOrEqual(floor[name]);
    }
    for (const name of ['falseRefusals', 'falseAlarms'] as const) {
      expect(summary[name], name).toBeLessThanOrEqual(floor[name]);
    }
    const asked = measured.filter(({ choices }) => choices.length > 0).length / measured.length;
    expect(asked, 'asks back').toBeLessThanOrEqual(floor.asksBack);
  });

  test('every expected answer exists, and no question stands twice', async () => {
    const { answers } = await openKnowledge();
    const questions = questionsIn(locale);
    expect(questions.filter(({ expect: id }) => !(id in answers))).toEqual([]);
    expect(new Set(questions.map(({ text }) => normalise(text))).size).toBe(questions.length);
  });
});

/** Words that two texts share, of all their words (0–1). */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared);
}

/** Four words in five the same: the same question. Below, two questions about the same thing may well share words. */
const NEAR = 0.8;
const LEAST_WORDS = 4;

test.each(LOCALES)(
  'no question of the evaluation in %s was copied into the phrasings, nor nearly',
  async (locale) => {
    const { answers } = await openKnowledge();
    const phrasings = Object.values(answers).flatMap((inLocales) =>
      (inLocales[locale]?.phrasings ?? []).map((text) => new Set(normalise(text).split(' '))),
    );
    const copied = questionsIn(locale)
      .map(({ text }) => ({ text, words: new Set(normalise(text).split(' ')) }))
      .filter(({ words }) => words.size >= LEAST_WORDS)
      .filter(({ words }) => phrasings.some((phrasing) => likeness(words, phrasing) >= NEAR))
      .map(({ text }) => text);
    expect(copied).toEqual([]);
  },
);

/** Nine follow-ups in ten are understood in the light of what was said before. */
const FOLLOW_UP_FLOOR = 0.9;

test('follow-ups carry over topic, aspect, year and role', async () => {
  const dialogues = read('dialogues.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Dialogue);
  const { right, count } = measureFollowUps(await openBrain(), dialogues);
  expect(count).toBeGreaterThan(50);
  expect(right / count).toBeGreaterThanOrEqual(FOLLOW_UP_FLOOR);
});
