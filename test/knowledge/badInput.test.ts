import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inLanguage, type Problem, STAFF_LANGUAGES } from '../../src/knowledge/index.ts';
import { ANSWER, buildWith, emptyRoot, loadWith, problemsOf, VALID } from './spoil.ts';

const SOURCES = 'knowledge/sources.yaml';
const TEXTS = 'locales/en/window.json';

/** The problems of one file, worded in every language. */
function wordings(problems: readonly Problem[], file: string): readonly Problem[] {
  const found = problems.filter((one) => one.file === file);
  expect(found.length).toBeGreaterThan(0);
  return found.flatMap((one) => STAFF_LANGUAGES.map((language) => inLanguage(one, language)));
}

const bomb = [
  'a: &a [x, x]',
  ...[...'bcdefghij'].map((c, i) => `${c}: &${c} [*${'abcdefghij'[i]}, *${'abcdefghij'[i]}]`),
].join('\n');

test.each<[string, string, string | Buffer, string]>([
  [
    'marks of an unsolved merge',
    ANSWER,
    VALID.replace('Een tekst.', '<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> x'),
    'merge-marks',
  ],
  ['a tab', ANSWER, VALID.replace('title:', 'sources:\n\t- x\ntitle:'), 'yaml-tab'],
  ['Latin-1 letters', ANSWER, Buffer.from(VALID.replace('tekst', 'caf\u00e9'), 'latin1'), 'not-utf8'],
  ['UTF-16', ANSWER, Buffer.from(`\uFEFF${VALID}`, 'utf16le'), 'not-utf8'],
  ['five megabytes', ANSWER, VALID + 'x'.repeat(5_000_000), 'too-large'],
  ['nothing', ANSWER, '', 'empty-file'],
  ['only a byte order mark and blank lines', ANSWER, '\uFEFF\r\n\r\n', 'empty-file'],
  ['NUL bytes', ANSWER, VALID.replace('tekst', 'te\0kst'), 'nul'],
  ['an anchor', ANSWER, VALID.replace('quickReplies: []', 'quickReplies: &x [a]'), 'yaml-anchor'],
  ['a YAML bomb', SOURCES, bomb, 'yaml-anchor'],
  ['a name twice', ANSWER, VALID.replace('state:', 'title: weer\nstate:'), 'yaml-twice'],
  ['an open quote', ANSWER, VALID.replace('Hoe herken je dat?', '"Hoe herken je dat?'), 'yaml-quote'],
  ['a colon inside a text', ANSWER, VALID.replace('Hoe herken', 'Vraag: hoe'), 'yaml-colon'],
  ['__proto__', SOURCES, '__proto__: { title: a, publisher: b, date: "2020" }', 'forbidden-name'],
  ['constructor', SOURCES, 'constructor: { title: a, publisher: b, date: "2020" }', 'forbidden-name'],
  ['__proto__ in JSON', TEXTS, '{"__proto__": {"polluted": "yes"}}', 'forbidden-name'],
  ['a tag that asks to run code', SOURCES, 'a: !!js/function "() => process.exit()"', 'yaml-other'],
  ['a hundred blocks within blocks', TEXTS, `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`, 'too-deep'],
  ['a hundred thousand brackets', SOURCES, `a: ${'['.repeat(100_000)}`, 'too-deep'],
  ['two documents in one', SOURCES, 'a: { title: a, publisher: b, date: "1" }\n---\nb: 1\n', 'yaml-other'],
])('%s: a clear error in three languages, and nothing is loaded', async (_name, file, content, code) => {
  const problems = problemsOf(await loadWith(file, content));
  expect(problems.filter((one) => one.file === file).map((one) => one.code)).toContain(code);
  const worded = wordings(problems, file);
  for (const { message, mend, line } of worded) {
    expect(message).not.toMatch(/\{\{\w+\}\}|undefined/);
    expect(mend).not.toMatch(/undefined/);
    expect(mend).not.toBe('');
    expect(line).toBeGreaterThan(0);
  }
  expect(new Set(worded.map(({ message }) => message)).size).toBeGreaterThanOrEqual(STAFF_LANGUAGES.length);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('Windows line ends and a byte order mark do no harm', async () => {
  expect((await loadWith(ANSWER, `\uFEFF${VALID.replaceAll('\n', '\r\n')}`)).ok).toBe(true);
});

test('the locks and copies that editors keep beside a file do no harm', async () => {
  const root = await emptyRoot();
  await mkdir(join(root, 'knowledge/answers/grooming'), { recursive: true });
  await writeFile(join(root, 'knowledge/answers/grooming/.signs.nl.md'), 'half');
  await writeFile(join(root, 'knowledge/answers/grooming/signs.nl.md~'), 'half');
  await symlink('staff@machine.123', join(root, 'knowledge/answers/grooming/.#signs.nl.md'));
  expect((await buildWith(root)).ok).toBe(true);
});

const KINDS: readonly [string, string, (path: string) => Promise<void> | void][] = [
  ['a link out of the folder', 'link-outside', (path) => symlink('/etc/hostname', path)],
  ['a link to a folder elsewhere', 'link-outside', (path) => symlink('/etc', path)],
  ['a link to nothing', 'unreadable', (path) => symlink('gone.md', path)],
  ['a folder', 'not-a-file', async (path) => void (await mkdir(path))],
  ['a pipe that nobody fills', 'not-a-file', (path) => void execFileSync('mkfifo', [path])],
];

test.each(KINDS)('%s named like an answer is an error, and is not read', async (_name, code, make) => {
  const root = await emptyRoot();
  const file = 'knowledge/answers/grooming/secret.nl.md';
  await mkdir(join(root, 'knowledge/answers/grooming'), { recursive: true });
  await make(join(root, file));
  expect(problemsOf(await buildWith(root))).toMatchObject([{ code, file }]);
});
