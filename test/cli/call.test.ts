import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../helpers.ts';

const FOLDER = join(ROOT, 'src', 'cli');
/** The parts that commands share, and the bot that `npm run load -- turns` starts beside ours. */
const NO_COMMANDS = ['call.ts', 'open.ts', 'echoBot.ts'];
const commands = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !NO_COMMANDS.includes(name));

function call(command: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(FOLDER, command), ...args],
      { env: { ...process.env, LANG: 'en' } },
      (_, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

test.concurrent.each(commands)('%s --help says how to call it and does nothing', async (command) => {
  const { code, out, err } = await call(command, '--help');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^Use:.*npm run/s);
});

test('an option that a command does not know is refused, and it says how to call it', async () => {
  const { code, out, err } = await call('fuzz.ts', '--colour', 'red');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/--colour.*Use:.*npm run/s);
});

test('a word too much is named', async () => {
  const { code, err } = await call('capacity.ts', 'tomorrow');
  expect(code).toBe(2);
  expect(err).toContain('"tomorrow" is too much here.');
});
