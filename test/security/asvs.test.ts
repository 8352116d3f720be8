/** The table in docs/security/asvs.md names a test for each line: here it is seen that each is really there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../helpers.ts';

const folder = join(ROOT, 'docs', 'security');
const page = readFileSync(join(folder, 'asvs.md'), 'utf8');
const applying = page.slice(0, page.indexOf('## Where we fall short'));
const rows = [...applying.matchAll(/^\| ([\d., ]+) \| (.+) \| (.+) \|$/gm)].map(
  ([, lines = '', , proof = '']) => ({ lines, proof }),
);

describe('each line of the ASVS table', () => {
  test('is a number of the standard, once or for two measures', () => {
    expect(rows.length).toBeGreaterThan(40);
    for (const { lines } of rows)
      for (const line of lines.split(', ')) expect(line).toMatch(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/);
  });

  test.each(rows.map(({ lines, proof }) => [lines, proof] as const))(
    '%s is proven by %s',
    (_lines, proof) => {
      const link = /^\[.+\]\((.+)\)$/.exec(proof)?.[1];
      if (link !== undefined) {
        expect(existsSync(join(folder, link))).toBe(true);
        return;
      }
      const [, file = '', title = ''] = /^`(\S+) › (.+)`$/.exec(proof) ?? [];
      expect(file, proof).not.toBe('');
      expect(readFileSync(join(ROOT, file), 'utf8')).toContain(title);
    },
  );
});

test('every test file named in the threat model and the guides exists', () => {
  for (const name of [
    'docs/channels-azure.md',
    'docs/deploy/one-server.md',
    'docs/security/threat-model.md',
  ]) {
    const text = readFileSync(join(ROOT, name), 'utf8');
    for (const [, path = ''] of text.matchAll(/`(test\/[^`\s]+)`/g))
      expect(existsSync(join(ROOT, path)), path).toBe(true);
  }
});
