import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addPhrasing, buildKnowledge, editAnswer, setReviewed } from '../../src/knowledge/index.ts';
import { shippedFiles } from './spoil.ts';

const FILE = `---
# How people ask.
title: "Hoe herken ik grooming?"
phrasings:
  - hoe herken je grooming # often
  - 'signalen: welke?'

reviewed:  2026-11-24   # keep
state: draft
---
Let op.

- phrasings: in the text stay untouched
`;

function added(file: string, phrasing: string): string {
  const edit = addPhrasing(file, phrasing);
  return edit.ok ? edit.text : edit.reason;
}

test('a phrasing comes at the end of the list, and nothing else changes', () => {
  expect(added(FILE, 'hoe weet ik dat')).toBe(
    FILE.replace("'signalen: welke?'\n", "'signalen: welke?'\n  - hoe weet ik dat\n"),
  );
});

test('a phrasing that YAML would read as something else is put between quotes', () => {
  for (const phrasing of [
    'wat: nu',
    '- hoe',
    '# huh',
    'yes',
    '2018',
    "c'est quoi ?",
    '"zo"',
    '{{x}}',
    '*ster',
  ]) {
    const text = added(FILE, phrasing);
    expect(added(text, phrasing.toUpperCase())).toBe('known');
  }
});

test('Windows line ends and a byte order mark stay', () => {
  const windows = `\uFEFF${FILE.replaceAll('\n', '\r\n')}`;
  const text = added(windows, 'hoe weet ik dat');
  expect(text).toBe(`\uFEFF${added(FILE, 'hoe weet ik dat').replaceAll('\n', '\r\n')}`);
});

test.each([
  ['phrasings: [een, twee]', 'phrasings: [een, twee, "drie, vier"]'],
  ['phrasings: []', 'phrasings: ["drie, vier"]'],
  ['reviewed: 2026-11-24', 'reviewed: 2026-11-24\nphrasings:\n  - drie, vier'],
])('%s becomes %s', (before, after) => {
  expect(added(`---\n${before}\n---\nTekst.\n`, 'drie, vier')).toBe(`---\n${after}\n---\nTekst.\n`);
});

test('a phrasing that is there already, is empty or is no single line is refused', () => {
  expect(added(FILE, 'Hoe herken je grooming?')).toBe('known');
  expect(added(FILE, ' ?! ')).toBe('not-a-phrasing');
  expect(added(FILE, 'een\nstate: approved')).toBe('not-a-phrasing');
  expect(added('no front matter', 'een')).toBe('unreadable');
});

test('the date of the review changes, and nothing else', () => {
  const edit = setReviewed(FILE, '2027-01-02');
  expect(edit).toEqual({ ok: true, text: FILE.replace('2026-11-24', '2027-01-02') });
});

test('every shipped answer takes a phrasing that is read back, and keeps its text', async () => {
  const { files } = await shippedFiles();
  const question = (path: string) => `a new question: about ${path}, "really"?`;
  const changed = files.map((file) =>
    file.path.startsWith('knowledge/answers/')
      ? { ...file, text: added(file.text, question(file.path)) }
      : file,
  );
  const [before, after] = [files, changed].map((all) => buildKnowledge({ files: all, problems: [] }));
  if (!before?.ok || !after?.ok) throw new Error('not readable');
  for (const { answer } of before.places.answers) {
    const now = after.knowledge.answers[answer.id]?.[answer.locale];
    expect(now).toEqual({ ...answer, phrasings: [...answer.phrasings, question(answer.file)] });
  }
});

test('a file is replaced at once, and nothing is left beside it', async () => {
  const root = await mkdtemp(join(tmpdir(), 'edit-'));
  await writeFile(join(root, 'signs.nl.md'), FILE);
  const edit = await editAnswer(root, { file: 'signs.nl.md' }, (text) =>
    addPhrasing(text, 'hoe weet ik dat'),
  );
  expect(edit.ok).toBe(true);
  expect(await readFile(join(root, 'signs.nl.md'), 'utf8')).toBe(added(FILE, 'hoe weet ik dat'));
  expect(await readdir(root)).toEqual(['signs.nl.md']);
});
