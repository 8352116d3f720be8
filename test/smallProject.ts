import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadKnowledge } from '../src/knowledge/index.ts';
import { loadModel } from '../src/learning/index.ts';

/** Example messages that each list keeps: enough to understand the plain questions that these tests ask. */
const PHRASINGS = 20;
const MESSAGES = 40;

/** The files that staff edit, with fewer example messages: what it teaches is learnt in seconds instead of a minute. */
export const SMALL_PROJECT = join(import.meta.dirname, '..', '.cache', 'small-project');

/** The server on these files: the program is copied, since it reads what lies beside it. */
const SMALL_SERVER = join(import.meta.dirname, '..', '.cache', 'small-server');
export const SMALL_MAIN = join(SMALL_SERVER, 'src', 'main.ts');

async function makeSmallServer(root: string): Promise<void> {
  await rm(SMALL_SERVER, { recursive: true, force: true });
  await cp(join(root, 'src'), join(SMALL_SERVER, 'src'), { recursive: true });
  for (const part of ['knowledge', 'locales', 'dialogs', 'package.json', '.cache'])
    await symlink(join(SMALL_PROJECT, part), join(SMALL_SERVER, part));
  for (const part of ['brand', 'dist', 'node_modules'])
    await symlink(join(root, part), join(SMALL_SERVER, part));
}

/** Keeps the first items of every list in the files of a folder. */
async function shortenIn(folder: string, ending: string, item: RegExp, most: number): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith(ending)) continue;
    const file = join(folder, name);
    let items = 0;
    const kept = (await readFile(file, 'utf8')).split('\n').filter((line) => {
      items = item.test(line) ? items + 1 : 0;
      return items <= most;
    });
    await writeFile(file, kept.join('\n'));
  }
}

/** Makes it anew from the shipped files, with its model. */
export async function makeSmallProject(root: string): Promise<void> {
  await rm(SMALL_PROJECT, { recursive: true, force: true });
  await mkdir(SMALL_PROJECT, { recursive: true });
  for (const part of ['knowledge', 'locales', 'dialogs', 'package.json']) {
    await cp(join(root, part), join(SMALL_PROJECT, part), { recursive: true });
  }
  await shortenIn(join(SMALL_PROJECT, 'knowledge', 'answers'), '.md', /^ +- /, PHRASINGS);
  await shortenIn(join(SMALL_PROJECT, 'knowledge', 'calls'), '.txt', /^[^#]/, MESSAGES);
  const loaded = await loadKnowledge(SMALL_PROJECT);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  await loadModel(loaded.knowledge, join(SMALL_PROJECT, '.cache'));
  await makeSmallServer(root);
}
