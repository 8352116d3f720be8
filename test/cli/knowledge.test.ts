import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../helpers.ts';
import { copyProject } from '../live/project.ts';

interface Ran {
  readonly code: number | null;
  readonly out: string;
}

/** Runs the tool as staff do, on another folder. */
function run(root: string, ...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'src/cli/knowledge.ts'), '--root', root, ...args], {
      env: { ...process.env, LANG: 'C' },
    });
    let out = '';
    const hear = (chunk: Buffer) => {
      out += chunk.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', (code) => resolve({ code, out }));
  });
}

const FILE = 'knowledge/answers/grooming/signs.fr.md';

async function spoil(root: string, from: string, to: string): Promise<void> {
  const path = join(root, FILE);
  await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
}

test('the shipped files have no errors; --strict counts warnings too', { timeout: 180_000 }, async () => {
  const root = await copyProject();
  const { code, out } = await run(root, 'check', '--json');
  const { errors, warnings, problems } = JSON.parse(out) as {
    errors: number;
    warnings: number;
    problems: object[];
  };
  expect({ code, errors }).toEqual({ code: 0, errors: 0 });
  expect(problems).toHaveLength(warnings);
  await spoil(root, '{{contact child-focus}}', '116 000');
  const strict = await run(root, 'check', '--strict', '--lang', 'fr');
  expect(strict.code).toBe(1);
  expect(strict.out).toContain('116 000 est tapé dans le texte');
});

test('an error ends with code 1 and is told in the language asked for', { timeout: 180_000 }, async () => {
  const root = await copyProject();
  await spoil(root, 'state: draft', 'state: klaar');
  const dutch = await run(root, 'check', '--lang=nl');
  expect(dutch.code).toBe(1);
  expect(dutch.out).toContain(`fout  ${FILE}:`);
  expect(dutch.out).toContain('> klaar');
  expect(dutch.out).toContain('Gebruik een van deze: draft, to-confirm, approved.');
});

test('new makes the files of an answer with hints, and never writes over one', {
  timeout: 180_000,
}, async () => {
  const root = await copyProject();
  const made = await run(root, 'new', 'grooming.stories');
  expect(made.code).toBe(0);
  const dutch = await readFile(join(root, 'knowledge/answers/grooming/stories.nl.md'), 'utf8');
  expect(dutch).toContain('# Minstens 15 manieren');
  const checked = await run(root, 'check');
  expect(checked.code).toBe(1);
  expect(checked.out).toContain('knowledge/answers/grooming/stories.fr.md');

  const before = await readFile(join(root, FILE), 'utf8');
  const refused = await run(await copyProject(), 'new', 'grooming.signs');
  expect(refused.code).toBe(1);
  expect(refused.out).toContain(`${FILE} exists already`);
  expect(await readFile(join(root, FILE), 'utf8')).toBe(before);
  expect((await run(root, 'new', '../../etc')).code).toBe(2);
});
