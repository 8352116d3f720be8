import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './helpers.ts';

/** For each room, the rooms it may import from. What is not listed here may not be imported. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  knowledge: [],
  classifier: ['random.ts'],
  understanding: ['classifier', 'knowledge'],
  conversation: ['knowledge', 'understanding'],
  rendering: ['knowledge', 'conversation'],
  storage: [],
  load: ['bot', 'channels', 'random.ts', 'storage'],
  fuzz: ['brain.ts', 'conversation', 'knowledge', 'load', 'random.ts'],
  bot: ['brain.ts', 'knowledge', 'conversation', 'rendering'],
  channels: ['brain.ts', 'bot', 'knowledge', 'rendering', 'storage'],
  staff: ['knowledge', 'rendering'],
  review: ['knowledge', 'understanding'],
  preview: ['brain.ts', 'knowledge', 'rendering', 'staff', 'understanding'],
  editor: ['knowledge', 'rendering', 'staff'],
  insights: ['bot', 'knowledge', 'rendering', 'staff', 'storage', 'understanding'],
  learning: ['classifier', 'knowledge', 'understanding'],
  live: ['brain.ts', 'knowledge', 'learning', 'understanding'],
  server: [
    'brain.ts',
    'config.ts',
    'bot',
    'channels',
    'editor',
    'insights',
    'knowledge',
    'live',
    'preview',
    'rendering',
    'staff',
    'storage',
  ],
  dependencies: [],
  doctor: ['config.ts', 'knowledge'],
  web: [],
  brand: [],
  evaluation: ['brain.ts', 'knowledge', 'random.ts', 'understanding'],
};
/** The SDK may be left one day: only the bot and Azure's channel know it; the other channel knows its types. */
const KNOW_BOT_FRAMEWORK = ['bot', 'channels/azure'];
const KNOW_ITS_TYPES = ['channels'];
const PURE = ['classifier', 'understanding', 'conversation', 'rendering'];

interface Import {
  readonly file: string;
  readonly room: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

async function allImports(): Promise<Import[]> {
  const src = join(ROOT, 'src');
  const files = (await readdir(src, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(src, file), 'utf8');
      return [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'/gms)].map((match) => ({
        file,
        room: file.includes('/') ? (file.split('/')[0] ?? '') : file,
        target: (match[2] ?? '').startsWith('.')
          ? relative(src, join(src, dirname(file), match[2] ?? ''))
          : (match[2] ?? ''),
        typeOnly: match[1] !== undefined,
      }));
    }),
  );
  return found.flat();
}

test('imports follow the direction of the rooms, and go through a room’s index', async () => {
  const wrong = (await allImports()).filter(({ room, target }) => {
    const allowed = MAY_IMPORT[room];
    if (allowed === undefined || !target.includes('.ts')) return false;
    const [targetRoom = '', ...rest] = target.split('/');
    if (targetRoom === room) return false;
    return !allowed.includes(targetRoom) || (rest.length > 0 && rest.at(-1) !== 'index.ts');
  });
  expect(wrong).toEqual([]);
});

test('only the bot and the channel of Azure know Bot Framework', async () => {
  const wrong = (await allImports()).filter(
    ({ file, room, target, typeOnly }) =>
      /^bot(builder|framework)/.test(target) &&
      !KNOW_BOT_FRAMEWORK.some((folder) => file.startsWith(`${folder}/`)) &&
      !(typeOnly && KNOW_ITS_TYPES.includes(room)),
  );
  expect(wrong).toEqual([]);
});

test('understanding, conversation and rendering touch no file, no socket and no server', async () => {
  const wrong = (await allImports()).filter(
    ({ room, target }) => PURE.includes(room) && (target.startsWith('node:') || target.includes('fastify')),
  );
  expect(wrong).toEqual([]);
});
