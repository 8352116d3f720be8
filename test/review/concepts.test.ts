import { expect, test } from 'vitest';
import { buildKnowledge, type Memo } from '../../src/knowledge/index.ts';
import { commonConcepts } from '../../src/review/index.ts';
import { shippedFiles } from '../knowledge/spoil.ts';

const FILE = 'knowledge/lexicon/fr.yaml';

const memo: Memo = new Map();

async function foundAfter(change: (text: string) => string) {
  const { files } = await shippedFiles();
  const changed = files.map((file) => (file.path === FILE ? { ...file, text: change(file.text) } : file));
  const loaded = buildKnowledge({ files: changed, problems: [] }, memo);
  if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
  return commonConcepts(loaded.knowledge, loaded.places);
}

test('the shipped concepts hold no word that reads like a common one', async () => {
  expect(await foundAfter((text) => text)).toEqual([]);
});

test('a word of a concept that reads like a common one without its accents or signs is named, with its share', async () => {
  const found = await foundAfter((text) =>
    text.replace('\n  farewell: [', '\n  farewell: ["à +", là, âgé, '),
  );
  expect(found).toMatchObject([
    { code: 'concept-common', severity: 'warning', file: FILE, field: 'concepts.farewell[0]', text: 'à +' },
    { field: 'concepts.farewell[1]', text: 'là', values: { plain: 'la', concept: 'farewell' } },
    { field: 'concepts.farewell[2]', text: 'âgé' },
  ]);
  expect(Number(found[0]?.values?.share)).toBeGreaterThan(10);
});

test('words that are mostly typed as the concept has them, and words that it also has without accents, are not', async () => {
  expect(
    await foundAfter((text) => text.replace('\n  farewell: [', '\n  farewell: [après, "là", la, ')),
  ).toEqual([]);
});
