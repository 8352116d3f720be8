import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { SMALL_PROJECT } from '../smallProject.ts';
import { copyProject, type LiveServer, openChat, save, startLive, until } from './project.ts';

const FIGURES = 'knowledge/figures/grooming-files.yaml';
const SIGNS = 'knowledge/answers/grooming/signs.en.md';
const QUESTION = 'how many grooming files in 2018';

let running: LiveServer;
let shipped: string;
beforeAll(async () => {
  running = await startLive(await copyProject());
  shipped = running.live.status().hash;
});
afterAll(() => running.close());

/** Each test begins with the same files. */
afterEach(async () => {
  for (const folder of ['knowledge', 'locales']) {
    await cp(join(SMALL_PROJECT, folder), join(running.root, folder), { recursive: true });
  }
  await until(running.live, ({ hash, state }) => hash === shipped && state === 'current');
});

const change = (file: string, from: string, to: string) =>
  save(running.root, file, (text) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  });

async function health(lang = 'en') {
  const response = await fetch(`${running.url}/health?lang=${lang}`);
  return (await response.json()) as {
    status: string;
    knowledge: { state: string; kept: string[]; problems: { file: string; line: number; message: string }[] };
  };
}

test('a changed figure is in the next answer of a running conversation', async () => {
  const chat = await openChat(running.url, 'en');
  expect((await chat.ask(QUESTION)).text).toContain('**36**');
  const before = running.live.status().hash;
  await change(FIGURES, 'year: 2018, value: 36', 'year: 2018, value: 777');
  await until(running.live, ({ hash }) => hash !== before);
  expect((await chat.ask(QUESTION)).text).toContain('**777**');
  expect(running.live.status()).toMatchObject({ state: 'current', problems: [] });
});

test('a broken file keeps its last good version, health names it in the reader’s language, and mending it is enough', async () => {
  const chat = await openChat(running.url, 'en');
  await change(FIGURES, 'year: 2018, value: 36', 'year: 2018, value: thirty-six');
  await until(running.live, ({ state }) => state === 'broken');
  expect((await chat.ask(QUESTION)).text).toContain('**36**');
  expect(await health('nl')).toMatchObject({
    status: 'degraded',
    knowledge: {
      state: 'broken',
      kept: [FIGURES],
      problems: [{ file: FIGURES, line: 16, message: 'values[3].value hoort een getal te zijn.' }],
    },
  });

  await change(FIGURES, 'value: thirty-six', 'value: 37');
  await until(running.live, ({ state }) => state === 'current');
  expect((await chat.ask(QUESTION)).text).toContain('**37**');
  expect(await health()).toMatchObject({
    status: 'ok',
    knowledge: { state: 'current', kept: [], problems: [] },
  });
});

test('one broken file does not keep the changes of another from being used', async () => {
  const chat = await openChat(running.url, 'en');
  await change(SIGNS, 'state: draft', 'state: finished');
  await until(running.live, ({ state }) => state === 'broken');
  const before = running.live.status().hash;
  await change(FIGURES, 'year: 2018, value: 36', 'year: 2018, value: 777');
  await until(running.live, ({ hash }) => hash !== before);
  expect((await chat.ask(QUESTION)).text).toContain('**777**');
  expect(running.live.status()).toMatchObject({ state: 'broken', kept: [SIGNS] });
});

test('where a needed file is taken away, everything stays as it was', async () => {
  const chat = await openChat(running.url, 'en');
  await rm(join(running.root, FIGURES));
  const { problems } = await until(running.live, ({ state }) => state === 'broken');
  expect(problems.map(({ code }) => code)).toContain('dead-reference');
  expect((await chat.ask(QUESTION)).text).toContain('**36**');
});

test('a new phrasing is found word for word before it is learnt, and its likes after', async () => {
  const chat = await openChat(running.url, 'en');
  const words = 'does he plot behind friendly smiles';
  await change(SIGNS, 'phrasings:\n', `phrasings:\n  - ${words}\n  - plotting behind friendly smiles\n`);
  await until(running.live, ({ state }) => state === 'learning');
  expect((await chat.ask(words)).channelData?.answer?.id).toBe('grooming.signs');
  await until(running.live, ({ state }) => state === 'current');
  const fresh = await openChat(running.url, 'en');
  expect((await fresh.ask('is he plotting behind those friendly smiles')).channelData?.answer?.id).toBe(
    'grooming.signs',
  );
});

test('a changed sentence of the page is served at once', async () => {
  const before = running.live.status().hash;
  await change('locales/en/window.json', '"Leave quickly"', '"Away from here"');
  await until(running.live, ({ hash }) => hash !== before);
  const page = await (await fetch(`${running.url}/chat/config.json?lang=en`)).json();
  expect(page).toMatchObject({ texts: { exit: 'Away from here' } });
});

test('every message sent while files change is answered, once and in order', async () => {
  const chat = await openChat(running.url, 'en');
  const asked: Promise<unknown>[] = [];
  for (let turn = 0; turn < 30; turn++) {
    if (turn % 5 === 0) {
      await save(running.root, FIGURES, (text) =>
        text.replace(/2018, value: \w+/, `2018, value: ${100 + turn}`),
      );
    }
    if (turn === 12) await change(SIGNS, 'state: draft', 'state: finished');
    asked.push(chat.ask(QUESTION));
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  await Promise.all(asked);
  const replies = await chat.replies();
  const values = replies.slice(-30).map(({ text }) => Number(/\*\*(\d+)\*\*/.exec(text)?.[1]));
  expect(values).toHaveLength(30);
  expect(values.every((value) => value >= 36)).toBe(true);
  await until(running.live, ({ state }) => state === 'broken');
});
