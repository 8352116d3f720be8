import { cp, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addPhrasing, editAnswer, loadKnowledge, setReviewed } from '../../src/knowledge/index.ts';
import { openKnowledge, ROOT } from '../helpers.ts';

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

test('every shipped answer takes a phrasing that is read back from the file', async () => {
  const root = await mkdtemp(join(tmpdir(), 'edit-'));
  for (const folder of ['knowledge', 'locales'])
    await cp(join(ROOT, folder), join(root, folder), { recursive: true });
  const { answers } = await openKnowledge();
  const all = Object.values(answers).flatMap((inLocales) => Object.values(inLocales));
  for (const answer of all) {
    const phrasing = `a new question: about ${answer.id}, "really" ${answer.locale}?`;
    expect(await editAnswer(root, answer, (text) => addPhrasing(text, phrasing))).toMatchObject({ ok: true });
  }
  const loaded = await loadKnowledge(root);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems[0]));
  for (const { id, locale, phrasings, body } of all) {
    const now = loaded.knowledge.answers[id]?.[locale];
    expect(now?.phrasings).toEqual([...phrasings, `a new question: about ${id}, "really" ${locale}?`]);
    expect(now?.body).toBe(body);
  }
  const left = await readdir(join(root, 'knowledge/answers/grooming'));
  expect(left.filter((name) => !name.endsWith('.md'))).toEqual([]);
  expect(await readFile(join(root, 'knowledge/answers/chat/thanks.nl.md'), 'utf8')).toContain('chat.thanks');
});
