/**
 * `npm run likeness`: how alike must two questions be to stand in one group? The questions of the evaluation set are grouped
 * at several thresholds, by their letters alone and among those with the same nearest answer. Right: how many of those in a
 * group expect the answer that most of the group expect.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clusters } from '../insights/index.ts';
import { readCall } from './call.ts';
import { openBrain, ROOT } from './open.ts';

readCall('Use: npm run likeness\nHow alike two unanswered questions must be to stand in one group.', {});

const THRESHOLDS = [0.3, 0.4, 0.5, 0.6];

interface Question {
  readonly text: string;
  readonly expect: string;
  readonly nearest: string;
}

const { knowledge, turn } = await openBrain();

async function questionsOf(locale: string): Promise<Question[]> {
  const file = await readFile(join(ROOT, 'test', 'evaluation', `${locale}.jsonl`), 'utf8');
  return file
    .trim()
    .split('\n')
    .map((line) => {
      const { text, expect } = JSON.parse(line) as Pick<Question, 'text' | 'expect'>;
      const { understanding } = turn(undefined, text, { locale });
      return { text, expect, nearest: understanding.candidates[0]?.id ?? '' };
    });
}

function measure(sets: readonly (readonly Question[])[], threshold: number): string {
  const groups = sets.flatMap((questions) => {
    const texts = questions.map(({ text }) => text);
    return clusters(texts, threshold).map((indexes) => indexes.map((i) => questions[i]?.expect ?? ''));
  });
  const several = groups.filter((group) => group.length > 1);
  const grouped = several.reduce((sum, group) => sum + group.length, 0);
  const right = several.reduce((sum, group) => {
    const same = Object.values(Object.groupBy(group, (id) => id));
    return sum + Math.max(...same.map((ids) => ids?.length ?? 0));
  }, 0);
  const all = groups.reduce((sum, group) => sum + group.length, 0);
  const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  return `in groups ${percent(grouped, all).padStart(6)}, right ${percent(right, grouped).padStart(7)}`;
}

for (const locale of knowledge.locales) {
  const questions = await questionsOf(locale);
  const byNearest = Object.values(Object.groupBy(questions, ({ nearest }) => nearest)).map((set = []) => set);
  for (const threshold of THRESHOLDS)
    console.log(
      `${locale} ${threshold}: letters alone ${measure([questions], threshold)}; same nearest answer ${measure(byNearest, threshold)}`,
    );
}
