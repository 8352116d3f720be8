import { expect, test } from 'vitest';
import { buildKnowledge, loadKnowledge } from '../../src/knowledge/index.ts';
import { openKnowledge, ROOT } from '../helpers.ts';
import { ANSWER, loadWith, problemsOf, shippedFiles, VALID } from './spoil.ts';

test('the shipped knowledge has no errors and no missing translation', async () => {
  const result = await loadKnowledge(ROOT);
  expect(result.ok ? result.warnings : result.problems).toEqual([]);
});

test('every answer of the catalogue exists in every language, with fifteen phrasings or more', async () => {
  const knowledge = await openKnowledge();
  const few = Object.values(knowledge.answers)
    .flatMap((answers) => Object.values(answers))
    .filter(({ phrasings }) => phrasings.length < 15)
    .map(({ file, phrasings }) => `${file}: ${phrasings.length}`);
  expect(Object.keys(knowledge.answers)).toHaveLength(68);
  expect(few).toEqual([]);
});

test('the snapshot cannot be changed', async () => {
  const knowledge = await openKnowledge();
  expect(Object.isFrozen(knowledge.answers['grooming.signs']?.nl?.phrasings)).toBe(true);
});

test('a valid answer loads', async () => {
  expect((await loadWith(ANSWER, VALID)).ok).toBe(true);
});

test('what was remembered of unchanged files gives the same knowledge as reading them anew', async () => {
  const files = await shippedFiles();
  const memo = new Map();
  buildKnowledge(files, memo);
  const [again, anew] = [buildKnowledge(files, memo), buildKnowledge(files)];
  expect(again.ok && again.knowledge).toEqual(anew.ok && anew.knowledge);
});

test.each([
  ['an unknown field', VALID.replace('state: draft', 'stat: draft'), /stat/],
  ['a wrong review state', VALID.replace('state: draft', 'state: ready'), /approved/],
  ['a wrong date', VALID.replace('2026-11-24', 'yesterday'), /date/],
  ['an empty title', VALID.replace('Hoe herken je dat?', '""'), /title is empty/],
  ['a missing title', VALID.replace('title: Hoe herken je dat?\n', ''), /title is missing/],
  [
    'four contacts',
    VALID.replace('contacts: []', 'contacts: [police, emergency, reporting, child-focus]'),
    /at most 3/,
  ],
  [
    'an unknown contact',
    VALID.replace('contacts: []', 'contacts: [child-focsu]'),
    /child-focsu.*child-focus/s,
  ],
  ['an unknown source', VALID.replace('sources: []', 'sources: [wikipedia]'), /wikipedia/],
  [
    'an unknown quick reply',
    VALID.replace('quickReplies: []', 'quickReplies: [grooming.singns]'),
    /grooming\.singns/,
  ],
  ['a name that JavaScript knows', VALID.replace('contacts: []', 'contacts: [toString]'), /toString/],
  [
    'a reference to a year without data',
    VALID.replace('Een tekst.', 'In {{figure grooming-files 1999}}.'),
    /1999/,
  ],
  [
    'a reference with a spelling mistake',
    VALID.replace('Een tekst.', '{{contact child-focsu}}'),
    /child-focsu/,
  ],
  ['no text', VALID.replace('Een tekst.', ''), /no text/],
  ['no front matter', 'Een tekst.', /settings/],
  [
    'a phrasing of another answer',
    VALID.replace('hoe herken je zoiets toch', 'wat is grooming'),
    /definition\.nl\.md/,
  ],
])('%s is an error that names file, line and mend', async (_name, content, expected) => {
  const problems = problemsOf(await loadWith(ANSWER, content));
  const found = problems.filter(({ file }) => file === ANSWER);
  expect(found.length).toBeGreaterThan(0);
  expect(found.map(({ message, mend }) => `${message} ${mend}`).join('\n')).toMatch(expected);
  for (const { line, mend } of found) {
    expect(line).toBeGreaterThan(0);
    expect(mend).not.toBe('');
  }
});

test.each([
  ['knowledge/figures/grooming-files.yaml', 'value: 43, source: vrt-2019-11', 'value: 43', 'source-missing'],
  ['knowledge/figures/grooming-files.yaml', 'vrt-2019-11', 'vrt-2091-11', 'unknown-source'],
  ['knowledge/figures/grooming-files.yaml', 'topic: grooming', 'topic: gromming', 'unknown-topic'],
  ['knowledge/topics.yaml', 'series: grooming-files', 'series: groming-files', 'unknown-series'],
  ['knowledge/contacts.yaml', 'sources: [cf-parents, bik-profile]', 'sources: []', 'source-missing'],
  ['knowledge/contacts.yaml', '[cf-parents, bik-profile]', '[cf-parents, bik]', 'unknown-source'],
])('in %s, %s instead of %s is the error %s, at its own line', async (file, right, wrong, code) => {
  const text = (await shippedFiles()).files.find(({ path }) => path === file)?.text ?? '';
  const problems = problemsOf(await loadWith(file, text.replace(right, wrong)));
  const line = text.slice(0, text.indexOf(right)).split('\n').length;
  expect(problems).toMatchObject([{ code, file, line }]);
});

test('a wrong reference is named with its line in the file', async () => {
  const [problem] = problemsOf(
    await loadWith(ANSWER, VALID.replace('Een tekst.', 'Een tekst.\n\n{{contact nobody}}')),
  );
  expect(problem).toMatchObject({ file: ANSWER, line: 12, column: 1, text: '{{contact nobody}}' });
});

test('all problems of all files come together', async () => {
  const files = await shippedFiles();
  const spoilt = files.files.map((file) =>
    /law\.fr\.md|signs\.nl\.md/.test(file.path) ? { ...file, text: 'x' } : file,
  );
  const problems = problemsOf(buildKnowledge({ files: spoilt, problems: [] }));
  expect(new Set(problems.map(({ file }) => file)).size).toBeGreaterThanOrEqual(2);
});

test('alarms of an answer that is not about safety are refused where they stand', async () => {
  const file = 'knowledge/lexicon/nl.yaml';
  const problems = problemsOf(await loadWith(file, 'alarms:\n  grooming.help: [help]\n'));
  expect(problems).toContainEqual(
    expect.objectContaining({ code: 'no-call', file, line: 2, field: 'alarms.grooming.help' }),
  );
});

test.each([
  ['grooming.help', 'no-call'],
  ['safety.crises', 'unknown-answer'],
])('a list of calls for help named %s is the error %s', async (name, code) => {
  const file = `knowledge/calls/nl/${name}.txt`;
  const [found] = problemsOf(await loadWith(file, 'help\n')).filter((one) => one.file === file);
  expect(found).toMatchObject({ code, line: 1 });
  expect(found?.mend).toContain('safety.crisis');
});

test('a list of calls for help holds one message a line; remarks and empty lines are left out', async () => {
  const loaded = await loadWith(
    'knowledge/calls/nl/safety.crisis.txt',
    '# een opmerking\n\nik kan niet meer\n  stop \n',
  );
  expect(loaded.ok && loaded.knowledge.calls.nl?.['safety.crisis']).toEqual(['ik kan niet meer', 'stop']);
});

test('a list of messages that no answer fits is named after the fallback', async () => {
  const loaded = await loadWith('knowledge/calls/nl/fallback.txt', 'wat eten we vanavond\n');
  expect(loaded.ok && loaded.knowledge.calls.nl?.fallback).toEqual(['wat eten we vanavond']);
});

test('a call for help that also stands among the harmless messages is an error', async () => {
  const file = 'knowledge/calls/nl/safety.danger.txt';
  const problems = problemsOf(
    await loadWith(file, '# gevaar\nik heb hulp nodig!\nWat voor weer wordt het dit weekend?\n'),
  );
  expect(problems).toMatchObject([
    { code: 'phrasing-twice', file, line: 3, values: { other: 'knowledge/answers/fallback.nl.md' } },
  ]);
});

test.each([
  'knowledge/calls/nl.yaml',
  'knowledge/calls/safety.crisis.txt',
  'knowledge/calls/nl/2026/safety.crisis.txt',
])('a list of calls for help that lies where it is not read (%s) is an error', async (file) => {
  const problems = problemsOf(await loadWith(file, 'ik kan niet meer\n'));
  expect(problems).toMatchObject([{ code: 'misplaced-calls', file }]);
});

test.each([
  ['knowledge/figure/grooming-files.yaml', 'misplaced'],
  ['knowledge/sources.yml', 'misplaced'],
  ['knowledge/grooming/signs.nl.md', 'misplaced'],
  ['knowledge/calls/xx/safety.crisis.txt', 'unused-language'],
  ['knowledge/lexicon/xx.yaml', 'unused-language'],
  ['knowledge/words/xx.yaml', 'unused-language'],
  ['locales/xx/chat.json', 'unused-language'],
])('a file that is never used (%s) is the warning %s', async (file, code) => {
  const loaded = await loadWith(file, '{}\n');
  expect(loaded.ok && loaded.warnings.filter((one) => one.file === file)).toMatchObject([{ code }]);
});
