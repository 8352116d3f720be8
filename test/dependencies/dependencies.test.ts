import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Lock, licencesOf, unknownLicences } from '../../src/dependencies/index.ts';
import { ROOT } from '../helpers.ts';

const readJson = (name: string): unknown => JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
const lock = readJson('package-lock.json') as Lock;

describe('licences', () => {
  test('of everything that runs in production are on the list', () => {
    const packages = licencesOf(lock);
    expect(packages.length).toBeGreaterThan(100);
    expect(unknownLicences(packages)).toEqual([]);
  });

  test('of development tools are not asked for', () => {
    expect(licencesOf(lock).map(({ name }) => name)).not.toContain('vitest');
  });

  test.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['SEE LICENSE IN LICENSE', false],
    [undefined, false],
  ])('%s: allowed %s', (licence, allowed) => {
    expect(unknownLicences([{ name: 'a', version: '1.0.0', licence }])).toHaveLength(allowed ? 0 : 1);
  });
});

describe('overrides', () => {
  const { overrides } = readJson('package.json') as {
    overrides: Record<string, string | Record<string, string>>;
  };

  test('each have a reason in docs/security/overrides.md, with the version that is asked for', () => {
    const table = readFileSync(join(ROOT, 'docs', 'security', 'overrides.md'), 'utf8');
    for (const [name, version] of Object.entries(overrides)) {
      const line = table.split('\n').find((row) => row.startsWith(`| \`${name}\` |`));
      expect(line, name).toMatch(/GHSA-|CVE-|decision/);
      if (typeof version === 'string') expect(line, name).toContain(`\`${version}\``);
    }
  });

  test('are what is installed: no older copy is left somewhere', () => {
    for (const [name, version] of Object.entries(overrides)) {
      if (typeof version !== 'string') continue;
      const copies = licencesOf(lock).filter((found) => found.name === name);
      expect(new Set(copies.map(({ version }) => version)).size).toBe(1);
    }
  });
});
