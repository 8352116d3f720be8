import { expect, test } from 'vitest';
import { buildKnowledge, readKnowledge } from '../../src/knowledge/index.ts';
import { commonConcepts } from '../../src/review/index.ts';
import { ROOT } from '../helpers.ts';
import { SMALL_PROJECT } from '../smallProject.ts';

const FILE = 'knowledge/lexicon/fr.yaml';

/** @param words put at the front of the words of farewell */
async function found(root: string, words = '') {
  const { files } = await readKnowledge(root);
  const changed = files.map((file) =>
    file.path === FILE
      ? { ...file, text: file.text.replace('\n  farewell: [', `\n  farewell: [${words}`) }
      : file,
  );
  const loaded = buildKnowledge({ files: changed, problems: [] });
  if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
  return commonConcepts(loaded.knowledge, loaded.places);
}

test('the shipped concepts hold no word that reads like a common one', async () => {
  expect(await found(ROOT)).toEqual([]);
});

test('a word of a concept that reads like a common one without its accents or signs is named, with its share', async () => {
  const problems = await found(SMALL_PROJECT, '"à +", là, ');
  expect(problems).toMatchObject([
    { code: 'concept-common', severity: 'warning', file: FILE, field: 'concepts.farewell[0]', text: 'à +' },
    { field: 'concepts.farewell[1]', text: 'là', values: { plain: 'la', concept: 'farewell' } },
  ]);
  expect(Number(problems[0]?.values?.share)).toBeGreaterThan(10);
});

test('words that are mostly typed as the concept has them, and words that it also has without accents, are not', async () => {
  expect(await found(SMALL_PROJECT, 'après, là, la, ')).toEqual([]);
});
