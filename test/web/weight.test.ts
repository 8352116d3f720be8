import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

const WEB = join(ROOT, 'dist', 'web');
const KILOBYTE = 1024;
const weigh = (file: string) => gzipSync(readFileSync(join(WEB, file))).length / KILOBYTE;
const assets = () =>
  readdirSync(join(WEB, 'assets'))
    .filter((name) => !/\.(br|gz)$/.test(name))
    .map((name) => join('assets', name));

test('the launcher weighs five kilobytes at most', () => {
  expect(weigh('embed.js')).toBeLessThanOrEqual(5);
});

test('launcher, page, styles and code together weigh forty kilobytes at most', () => {
  expect(assets().length).toBeGreaterThanOrEqual(2);
  const all = ['embed.js', 'index.html', 'logo.svg', ...assets()]
    .map(weigh)
    .reduce((sum, size) => sum + size, 0);
  expect(all).toBeLessThanOrEqual(40);
});

test('the launcher stands alone: it loads nothing until it is opened', () => {
  expect(readFileSync(join(WEB, 'embed.js'), 'utf8')).not.toMatch(/\bimport\b|\bfetch\(/);
});
