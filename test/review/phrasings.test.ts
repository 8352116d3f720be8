import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildKnowledge } from '../../src/knowledge/index.ts';
import { loadModel } from '../../src/learning/index.ts';
import { strayPhrasings } from '../../src/review/index.ts';
import { openKnowledge, ROOT } from '../helpers.ts';
import { shippedFiles } from '../knowledge/spoil.ts';

test('a phrasing that the model takes for a question to another answer is named with that answer', {
  timeout: 120_000,
}, async () => {
  const file = 'knowledge/answers/chat/thanks.en.md';
  const stray = 'how do i spot a groomer early';
  const model = await loadModel(await openKnowledge(), join(ROOT, '.cache'));
  const files = (await shippedFiles()).files.map((one) =>
    one.path === file
      ? { ...one, text: one.text.replace('phrasings:\n', `phrasings:\n  - ${stray}\n`) }
      : one,
  );
  const loaded = buildKnowledge({ files, problems: [] });
  if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
  const ofThanks = loaded.places.answers.filter(({ answer }) => answer.file === file);
  const found = strayPhrasings(loaded.knowledge, { ...loaded.places, answers: ofThanks }, model, new Date());
  expect(found).toMatchObject([{ code: 'phrasing-elsewhere', file, line: 4, text: stray }]);
  expect(found[0]?.values?.other).toBe('grooming.signs');
});
