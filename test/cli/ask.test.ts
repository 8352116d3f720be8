import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../helpers.ts';

interface Answered {
  readonly text: string;
  readonly locale: string;
  readonly answer: string | null;
  readonly choices: readonly string[];
  readonly score: number;
  readonly entities: { readonly years: readonly number[] };
  readonly reply: string;
}

function ask(args: readonly string[], input = ''): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ROOT, 'src/cli/ask.ts'), ...args]);
    let out = '';
    child.stdout.on('data', (data) => {
      out += String(data);
    });
    child.on('close', (code) => resolve({ code, out }));
    child.stdin.end(input);
  });
}

test('a question on the command line is answered', async () => {
  expect((await ask(['hoeveel meldingen van misbruikbeelden in 2018?'])).out).toContain('1.728');
});

test('lines of text, JSON and whole conversations are answered, one JSON value a line and nothing else', async () => {
  const input = [
    'wat is grooming',
    JSON.stringify({ text: 'sexting', locale: 'fr' }),
    JSON.stringify({ turns: [{ text: 'grooming figures' }, { text: 'and in 2017?' }] }),
    JSON.stringify({ turns: ['cijfers grooming', 'en sextortion?'] }),
    '{not json',
  ];
  const { out, code } = await ask(['--json'], input.join('\n'));
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answered | Answered[]);
  expect(code).toBe(0);
  expect(lines).toHaveLength(input.length);
  expect(lines[0]).toMatchObject({
    text: 'wat is grooming',
    locale: 'nl',
    answer: 'grooming.definition',
    choices: [],
  });
  expect(lines[1]).toMatchObject({ locale: 'fr' });
  expect((lines[2] as Answered[])[1]).toMatchObject({
    answer: 'grooming.figures',
    entities: { years: [2017] },
  });
  expect((lines[3] as Answered[])[1]).toMatchObject({ answer: 'sextortion.figures' });
  expect((lines[4] as Answered).reply.length).toBeGreaterThan(10);
});

test('without a question it says how to ask', async () => {
  expect((await ask([])).code).toBe(2);
});
