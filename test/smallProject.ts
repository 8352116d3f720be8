import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadKnowledge } from '../src/knowledge/index.ts';
import { loadModel } from '../src/modelCache.ts';

/** Example messages that each list keeps: enough to understand the plain questions that these tests ask. */
const PHRASINGS = 20;
const MESSAGES = 40;

/** The files that staff edit, with fewer example messages: what it teaches is learnt in seconds instead of a minute. */
export const SMALL_PROJECT = join(import.meta.dirname, '..', '.cache', 'small-project');

/** Keeps the first items of every block list of a file. */
function shorten(text: string, most: number): string {
  let items = 0;
  return text
    .split('\n')
    .filter((line) => {
      items = /^ +- /.test(line) ? items + 1 : 0;
      return items <= most;
    })
    .join('\n');
}

async function shortenIn(folder: string, wanted: RegExp, most: number): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    if (!wanted.test(name)) continue;
    const file = join(folder, name);
    await writeFile(file, shorten(await readFile(file, 'utf8'), most));
  }
}

/** Makes it anew from the shipped files, with its model. */
export async function makeSmallProject(root: string): Promise<void> {
  await rm(SMALL_PROJECT, { recursive: true, force: true });
  await mkdir(SMALL_PROJECT, { recursive: true });
  for (const part of ['knowledge', 'locales', 'dialogs', 'package.json']) {
    await cp(join(root, part), join(SMALL_PROJECT, part), { recursive: true });
  }
  await shortenIn(join(SMALL_PROJECT, 'knowledge', 'answers'), /\.md$/, PHRASINGS);
  await shortenIn(join(SMALL_PROJECT, 'knowledge', 'calls'), /\.yaml$/, MESSAGES);
  const loaded = await loadKnowledge(SMALL_PROJECT);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  await loadModel(loaded.knowledge, join(SMALL_PROJECT, '.cache'));
}
