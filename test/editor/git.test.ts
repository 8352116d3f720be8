import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPublish } from '../../src/editor/git.ts';

const FILE = 'knowledge/sources.yaml';
let folder: string;
let server: string;
let colleague: string;

const git = (where: string, ...args: string[]) =>
  execFileSync('git', ['-C', where, '-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
const put = (where: string, text: string) => writeFile(join(where, FILE), text);

/** A Git service, and two clones of it: the bot's server and a colleague's. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'git-'));
  [server, colleague] = [join(folder, 'server'), join(folder, 'colleague')];
  const service = join(folder, 'service.git');
  execFileSync('git', ['init', '--quiet', '--bare', '-b', 'main', service]);
  execFileSync('git', ['clone', '--quiet', service, server], { stdio: 'pipe' });
  await mkdir(join(server, 'knowledge'));
  await put(server, 'a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\n');
  git(server, 'checkout', '--quiet', '-B', 'main');
  git(server, 'add', '.');
  git(server, 'commit', '--quiet', '-m', 'first');
  git(server, 'push', '--quiet', '-u', 'origin', 'main');
  execFileSync('git', ['clone', '--quiet', service, colleague], { stdio: 'pipe' });
});
afterEach(() => rm(folder, { recursive: true }));

test('what is saved reaches the Git service in the name of who saved it', async () => {
  await put(server, 'a: 2\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\n');
  expect(await createPublish(server, 'push')([FILE], 'An')).toBeUndefined();
  git(colleague, 'pull', '--quiet');
  expect(await readFile(join(colleague, FILE), 'utf8')).toContain('a: 2');
  expect(git(colleague, 'log', '-1', '--format=%an')).toBe('An\n');
});

test('what colleagues sent meanwhile is taken over', async () => {
  await put(colleague, 'a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 3\n');
  git(colleague, 'commit', '--quiet', '-am', 'theirs');
  git(colleague, 'push', '--quiet');
  await put(server, 'a: 2\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\n');
  expect(await createPublish(server, 'push')([FILE], 'An')).toBeUndefined();
  expect(await readFile(join(server, FILE), 'utf8')).toBe('a: 2\nb: 1\nc: 1\nd: 1\ne: 1\nf: 3\n');
});

test('where both changed the same line the reason is given, and the saved file stays in use', async () => {
  await put(colleague, 'a: 9\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\n');
  git(colleague, 'commit', '--quiet', '-am', 'theirs');
  git(colleague, 'push', '--quiet');
  await put(server, 'a: 2\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\n');
  expect(await createPublish(server, 'push')([FILE], 'An')).toMatch(/\S/);
  expect(await readFile(join(server, FILE), 'utf8')).toContain('a: 2');
  expect(git(server, 'status', '--porcelain')).toBe('');
});

test('without a service the history is kept in the folder; without Git nothing happens', async () => {
  await put(server, 'a: 2\n');
  expect(await createPublish(server, 'off')([FILE], 'An')).toBeUndefined();
  expect(git(server, 'status', '--porcelain')).not.toBe('');
  expect(await createPublish(server, 'commit')([FILE], 'An')).toBeUndefined();
  expect(git(server, 'log', '-1', '--format=%s')).toContain(FILE);
});
