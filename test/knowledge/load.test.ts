import { cp, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type LoadResult, loadKnowledge, type Problem } from '../../src/knowledge/index.ts';
import { openKnowledge, ROOT } from '../helpers.ts';

/** A copy of the shipped knowledge that a test may spoil. */
async function copy(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'knowledge-'));
  for (const folder of ['knowledge', 'locales'])
    await cp(join(ROOT, folder), join(root, folder), { recursive: true });
  return root;
}

const ANSWER = 'knowledge/answers/grooming/signs.nl.md';
const VALID = `---
title: Hoe herken je dat?
phrasings: [hoe herken je zoiets toch]
quickReplies: []
contacts: []
sources: []
reviewed: 2026-11-24
state: draft
---
Een tekst.
`;

async function loadWith(path: string, content: string | Buffer): Promise<LoadResult> {
  const root = await copy();
  await writeFile(join(root, path), content);
  return loadKnowledge(root);
}

function problemsOf(result: LoadResult): readonly Problem[] {
  expect(result.ok).toBe(false);
  return result.ok ? [] : result.problems;
}

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

test('Windows line ends and a byte order mark do no harm', async () => {
  expect((await loadWith(ANSWER, `\uFEFF${VALID.replaceAll('\n', '\r\n')}`)).ok).toBe(true);
});

test.each([
  ['an unknown field', VALID.replace('state: draft', 'stat: draft'), /stat/],
  ['a wrong review state', VALID.replace('state: draft', 'state: ready'), /approved/],
  ['a wrong date', VALID.replace('2026-11-24', 'yesterday'), /date/],
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
  ['a tab', VALID.replace('title:', '\ttitle:'), /.+/],
  [
    'the marks of an unsolved merge',
    VALID.replace('Een tekst.', '<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> x'),
    /<<<<<<</,
  ],
  ['a YAML alias', VALID.replace('quickReplies: []', 'quickReplies: &x [a]\ncontacts: *x'), /[&*]/],
  ['no text', VALID.replace('Een tekst.', ''), /no text/],
  ['no front matter', 'Een tekst.', /settings/],
  [
    'a phrasing of another answer',
    VALID.replace('hoe herken je zoiets toch', 'wat is grooming'),
    /definition\.nl\.md/,
  ],
  ['Latin-1 letters', Buffer.from(VALID.replace('tekst', 'caf\u00e9'), 'latin1'), /UTF-8/],
  ['five megabytes', VALID + 'x'.repeat(5_000_000), /kB/],
])('%s is an error that names file, line and mend', async (_name, content, expected) => {
  const problems = problemsOf(await loadWith(ANSWER, content));
  const found = problems.filter(({ file }) => file === ANSWER);
  expect(found.length).toBeGreaterThan(0);
  expect(found.map(({ message, mend, field }) => `${field ?? ''} ${message} ${mend}`).join('\n')).toMatch(
    expected,
  );
  for (const { line, mend } of found) {
    expect(line).toBeGreaterThan(0);
    expect(mend).not.toBe('');
  }
});

test('a wrong reference is named with its line in the file', async () => {
  const [problem] = problemsOf(
    await loadWith(ANSWER, VALID.replace('Een tekst.', 'Een tekst.\n\n{{contact nobody}}')),
  );
  expect(problem).toMatchObject({ file: ANSWER, line: 12, column: 1 });
});

test('a YAML bomb is refused without being unfolded', async () => {
  const bomb = [
    'a: &a [x, x]',
    ...[...'bcdefghij'].map((c, i) => `${c}: &${c} [*${'abcdefghij'[i]}, *${'abcdefghij'[i]}]`),
  ];
  const problems = problemsOf(await loadWith('knowledge/sources.yaml', bomb.join('\n')));
  expect(problems.some(({ file }) => file === 'knowledge/sources.yaml')).toBe(true);
});

test('a link that leads out of the folder is not followed', async () => {
  const root = await copy();
  await symlink('/etc/hostname', join(root, 'knowledge/answers/chat/secret.nl.md'));
  const problems = problemsOf(await loadKnowledge(root));
  expect(problems[0]).toMatchObject({ file: 'knowledge/answers/chat/secret.nl.md' });
});

test('all problems of all files come together', async () => {
  const root = await copy();
  await writeFile(join(root, ANSWER), 'x');
  await writeFile(join(root, 'knowledge/answers/grooming/law.fr.md'), 'x');
  expect(new Set(problemsOf(await loadKnowledge(root)).map(({ file }) => file)).size).toBeGreaterThanOrEqual(
    2,
  );
});
