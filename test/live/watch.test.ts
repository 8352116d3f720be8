import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Watch, watchFolders } from '../../src/live/watch.ts';

let root: string;
let watching: Watch;
let heard: () => void;
let calls: number;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'watch-'));
  await mkdir(join(root, 'knowledge/answers'), { recursive: true });
  await writeFile(join(root, 'knowledge/answers/a.md'), 'a');
  calls = 0;
  heard = () => undefined;
  const folders = ['knowledge', 'dialogs'].map((folder) => join(root, folder));
  watching = await watchFolders(folders, () => {
    calls++;
    heard();
  });
});
afterEach(async () => {
  watching.close();
  await rm(root, { recursive: true });
});

/** Resolves when the watcher calls after the change; the test's timeout is the failure. */
async function heardAfter(change: () => Promise<unknown>): Promise<void> {
  const called = new Promise<void>((resolve) => {
    heard = resolve;
  });
  await change();
  await called;
}

const at = (file: string) => join(root, 'knowledge', file);

test('a file written in place is noticed', () => heardAfter(() => appendFile(at('answers/a.md'), 'b')));

test('a file that is replaced again and again, as editors save, is noticed each time', async () => {
  for (let round = 0; round < 3; round++) {
    await heardAfter(async () => {
      await writeFile(at('answers/a.md~'), `version ${round}`);
      await rename(at('answers/a.md~'), at('answers/a.md'));
    });
  }
});

test('a file in a folder that is new is noticed, and a folder that goes away does no harm', async () => {
  await heardAfter(() => mkdir(at('answers/new')));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await heardAfter(() => writeFile(at('answers/new/b.md'), 'b'));
  await heardAfter(() => rm(at('answers/new'), { recursive: true }));
  await new Promise((resolve) => setTimeout(resolve, 200));
  await heardAfter(() => writeFile(at('answers/c.md'), 'c'));
});

test('a folder that did not exist at the start is noticed', () =>
  heardAfter(async () => {
    await mkdir(join(root, 'dialogs'));
    await writeFile(join(root, 'dialogs/quiz.yaml'), 'x');
  }));

test('many changes at once are told as few', async () => {
  await heardAfter(() =>
    Promise.all(Array.from({ length: 50 }, (_, i) => writeFile(at(`answers/${i}.md`), 'x'))),
  );
  expect(calls).toBeLessThan(5);
});
