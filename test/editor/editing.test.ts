import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Editing, openEditing } from '../../src/editor/editing.ts';
import { openFolder } from '../../src/editor/folder.ts';
import { answerCms } from '../../src/editor/protocol.ts';
import { ROOT } from '../helpers.ts';

let root: string;
let editing: Editing;
const REF = { kind: 'figures', id: 'grooming-files' } as const;
const FILE = 'knowledge/figures/grooming-files.yaml';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'editing-'));
  for (const folder of ['knowledge', 'locales'])
    await cp(join(ROOT, folder), join(root, folder), { recursive: true });
});
beforeEach(async () => {
  for (const path of [FILE, 'knowledge/sources.yaml']) await cp(join(ROOT, path), join(root, path));
  editing = openEditing(openFolder(root));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const textOf = (path: string) => readFile(join(root, path), 'utf8');
async function open() {
  const form = await editing.read(REF);
  return JSON.parse(JSON.stringify(form));
}
async function openWithValue(year: number, value: number) {
  const form = await open();
  form.values.find((one: { year: number }) => one.year === year).value = value;
  return form;
}

test('a changed figure is in its file, with everything else as it was', async () => {
  const before = await textOf(FILE);
  const outcome = await editing.save(REF, await openWithValue(2018, 37), 'An');
  expect(outcome).toEqual({ ok: true, files: [FILE] });
  expect(await textOf(FILE)).toBe(before.replace('year: 2018, value: 36', 'year: 2018, value: 37'));
});

test('a file with Windows line ends keeps them', async () => {
  await writeFile(join(root, FILE), (await textOf(FILE)).replaceAll('\n', '\r\n'));
  await editing.save(REF, await openWithValue(2018, 37), 'An');
  const text = await textOf(FILE);
  expect(text).toContain('value: 37');
  expect(text.replaceAll('\r\n', '')).not.toContain('\n');
});

test('what somebody else changed meanwhile is not overwritten', async () => {
  const mine = await openWithValue(2018, 37);
  const theirs = await openWithValue(2018, 38);
  expect((await editing.save(REF, theirs, 'Bo')).ok).toBe(true);
  expect(await editing.save(REF, mine, 'An')).toEqual({
    ok: false,
    refusal: { reason: 'changed-meanwhile' },
  });
  expect(await textOf(FILE)).toContain('value: 38');
});

test('who saves twice from the same form is in conflict with nobody', async () => {
  const form = await openWithValue(2018, 37);
  expect((await editing.save(REF, form, 'An')).ok).toBe(true);
  form.values[0].value = 44;
  expect((await editing.save(REF, form, 'An')).ok).toBe(true);
  expect(await textOf(FILE)).toContain('year: 2014, value: 44');
});

test('two who save at the same moment: one is kept, the other is told', async () => {
  const forms = [await openWithValue(2018, 37), await openWithValue(2018, 38)];
  const outcomes = await Promise.all(forms.map((form, i) => editing.save(REF, form, `writer ${i}`)));
  expect(outcomes.map(({ ok }) => ok)).toEqual([true, false]);
});

test('what the knowledge check calls an error is not saved, and the check says why', async () => {
  const before = await textOf(FILE);
  const form = await open();
  form.values[0].source = 'no-such-source';
  const outcome = await editing.save(REF, form, 'An');
  expect(outcome).toMatchObject({ ok: false, refusal: { reason: 'problems' } });
  expect(JSON.stringify(outcome)).toContain('no-such-source');
  expect(await textOf(FILE)).toBe(before);
});

test('an entry that others refer to cannot be taken away', async () => {
  const outcome = await editing.remove([{ kind: 'sources', id: 'article-2019' }]);
  expect(outcome).toMatchObject({ ok: false, refusal: { reason: 'problems' } });
  expect(await textOf('knowledge/sources.yaml')).toContain('article-2019');
});

test('an entry that nobody refers to can be taken away', async () => {
  const form = { id: 'spare', title: 'Spare', publisher: 'Nobody', date: '2026' };
  expect((await editing.save({ kind: 'sources', id: 'spare' }, form, 'An')).ok).toBe(true);
  expect(await textOf('knowledge/sources.yaml')).toContain(
    'spare: { title: Spare, publisher: Nobody, date: "2026" }\n',
  );
  expect((await editing.remove([{ kind: 'sources', id: 'spare' }])).ok).toBe(true);
  expect(await textOf('knowledge/sources.yaml')).toBe(
    await readFile(join(ROOT, 'knowledge/sources.yaml'), 'utf8'),
  );
});

test('a new entry never replaces one of the same name', async () => {
  const { version: _, ...form } = await open();
  expect(await editing.save(REF, form, 'An')).toMatchObject({ refusal: { reason: 'exists' } });
});

test('the name of an entry does not change', async () => {
  const form = { ...(await open()), id: 'other-name' };
  expect(await editing.save(REF, form, 'An')).toMatchObject({ refusal: { reason: 'renamed' } });
});

test.each([
  'entries/figures/../../package.json',
  'entries/figures/..%2f..%2fpackage.json',
  '/etc/passwd',
  'entries/secrets/x.json',
  'entries/figures/a/b.json',
  'entries/answers/grooming.help.nl.json',
  'entries/figures/.json',
])('the path %s leads nowhere', async (path) => {
  const ask = (body: unknown) =>
    answerCms(
      body,
      editing,
      'An',
      ({ reason }) => reason,
      async () => undefined,
    );
  expect(await ask({ action: 'getEntry', params: { path } })).toMatchObject({ status: 404 });
  const raw = JSON.stringify({ id: 'x' });
  expect(await ask({ action: 'persistEntry', params: { dataFiles: [{ path, raw }] } })).toMatchObject({
    status: 400,
  });
  expect(await ask({ action: 'deleteFiles', params: { paths: [path] } })).toMatchObject({ status: 400 });
});

test('a folder that is a link to elsewhere is not written into', async () => {
  const [project, elsewhere] = await Promise.all(
    ['project-', 'elsewhere-'].map((name) => mkdtemp(join(tmpdir(), name))),
  );
  await mkdir(join(project ?? '', 'knowledge'));
  await symlink(elsewhere ?? '', join(project ?? '', 'knowledge/figures'));
  await expect(openFolder(project ?? '').write([{ path: FILE, text: 'x' }])).rejects.toThrow(/outside/);
  expect(await readdir(elsewhere ?? '')).toEqual([]);
  for (const folder of [project, elsewhere]) await rm(folder ?? '', { recursive: true });
});
