import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createSqliteInsights, type InsightStore } from '../../src/insights/index.ts';
import { FileRoster } from '../../src/staff/index.ts';
import { type RunningServer, startServer } from '../helpers.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** In Belgium it is 13 h. */
const START = Date.parse('2026-11-24T12:20:00Z');

let running: RunningServer;
let store: InsightStore;
let folder: string;
let token: string;
let cookie: string;
let clock = START;

/** What somebody types who says too much, in a message that the bot does not understand. */
const SECRETS = [
  'Annelies',
  'Vandenbroucke',
  '0470',
  '12 34 56',
  'annelies.vdb',
  'Kerkstraat',
  'Aalter',
  'example.be',
];
const TOO_MUCH =
  'hallo ik heet Annelies Vandenbroucke, Kerkstraat 12 9880 Aalter, 0470 12 34 56, @annelies.vdb, annelies@example.be en ik wil een taart bakken voor mijn school';
const DISCLOSURE = 'ik wil niet meer leven';
const AFTER_DISCLOSURE = 'wat eten jullie daar en waar is mijn fiets nu';

interface Opened {
  readonly conversationId: string;
  readonly token: string;
}

async function open(locale: string): Promise<Opened> {
  const response = await fetch(`${running.url}/v3/directline/conversations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ locale }),
  });
  return (await response.json()) as Opened;
}

async function send({ conversationId, token }: Opened, activity: object): Promise<void> {
  const response = await fetch(`${running.url}/v3/directline/conversations/${conversationId}/activities`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ from: { id: 'visitor' }, ...activity }),
  });
  expect(response.status).toBe(200);
}

async function chat(locale: string, texts: readonly string[]): Promise<Opened> {
  const opened = await open(locale);
  for (const text of texts) await send(opened, { type: 'message', text, locale });
  return opened;
}

async function signIn(): Promise<void> {
  const signedIn = await running.server.inject({
    method: 'POST',
    url: '/staff/sign-in?lang=en',
    headers: {
      host: 'chat.example',
      origin: 'http://chat.example',
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: `token=${token}`,
  });
  cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
}

const page = async (path: string) => {
  const response = await running.server.inject({ url: path, headers: { host: 'chat.example', cookie } });
  expect(response.statusCode).toBe(200);
  return response.body;
};

/** Everything in the files of the store, as bytes. */
async function bytes(): Promise<string> {
  const files = (await readdir(folder)).filter((name) => name.startsWith('insights'));
  expect(files).toContain('insights.sqlite');
  const contents = await Promise.all(files.map((name) => readFile(join(folder, name), 'latin1')));
  return contents.join('\n').toLowerCase();
}

/** Counts of the day, as `measure value locale` → count. */
async function counts(): Promise<Record<string, number>> {
  const all = await store.counts('2026-01-01', '2026-12-31');
  return Object.fromEntries(
    all.map(({ locale, measure, value, count }) => [
      `${measure} ${value} ${locale}`.replace('  ', ' '),
      count,
    ]),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'insights-'));
  store = createSqliteInsights(join(folder, 'insights.sqlite'));
  await store.addCampaign({ name: 'poster-gent-2026', added: '2026-11-01' });
  token = await new FileRoster(folder).add('An', '2026-11-24');
  running = await startServer({}, { dataFolder: folder, now: () => clock, insights: store });
  await signIn();

  for (let i = 0; i < 6; i++) await chat('nl', ['wat is grooming', 'hoeveel meldingen in 2018?']);
  for (let i = 0; i < 5; i++) await chat('fr', ["c'est quoi le sexting"]);
  const english = await chat('en', ['what is sextortion']);
  await send(english, {
    type: 'event',
    name: 'feedback',
    value: { answer: 'sextortion.definition', helpful: true },
  });
  await send(english, { type: 'event', name: 'campaign', value: { campaign: 'poster-gent-2026' } });
  await send(english, { type: 'event', name: 'campaign', value: { campaign: 'annelies-vandenbroucke' } });
  await chat('nl', [TOO_MUCH]);
  await chat('nl', [DISCLOSURE, AFTER_DISCLOSURE]);
  await vi.waitFor(async () => {
    await store.settle('2026-11-24T14');
    expect((await counts())['answer safety.crisis nl']).toBe(1);
  }, 5_000);
  clock = START + HOUR;
});
afterAll(() => running.server.close());

test('chats over Direct Line in three languages are counted right', async () => {
  expect(await counts()).toMatchObject({
    'chat nl': 8,
    'chat fr': 5,
    'chat en': 1,
    'chat-used nl': 8,
    'answer grooming.definition nl': 6,
    'answer sexting.definition fr': 5,
    'answer sextortion.definition en': 1,
    'helpful sextortion.definition en': 1,
    'outcome safety nl': 1,
    'outcome answered fr': 5,
    'hour 13 nl': 15,
    'campaign poster-gent-2026 en': 1,
  });
});

test('the name of a campaign that nobody made is not kept', async () => {
  expect((await counts())['campaign ? en']).toBe(1);
  expect(await bytes()).not.toContain('annelies');
});

test('a message with name, phone, handle and address leaves none of them in the files', async () => {
  const kept = await bytes();
  for (const secret of SECRETS) expect(kept).not.toContain(secret.toLowerCase());
  const questions = await store.questions();
  expect(questions.map(({ text }) => text)).toEqual([expect.stringContaining('en ik wil een')]);
});

test('nothing is kept of a disclosure, nor of what comes after it', async () => {
  const texts = (await store.questions()).map(({ text }) => text).join('\n');
  for (const word of ['leven', 'fiets', 'eten']) expect(texts).not.toContain(word);
});

test('no id of a conversation and no time finer than a day is in the files', async () => {
  const kept = await bytes();
  const { conversationId } = await open('nl');
  expect(kept).not.toContain(conversationId);
  expect(kept).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-4/);
  expect(kept).not.toMatch(/t?\d\d:\d\d/);
});

describe('the pages', () => {
  test('show what reaches five, rounded, and nothing of what does not', async () => {
    const body = await page('/insights?period=2026-11');
    expect(body).toContain('grooming');
    expect(body).not.toContain('sextortion.definition');
    expect(body).not.toContain('poster-gent-2026');
    expect(body).not.toContain('safety.crisis');
  });

  test('show a language apart', async () => {
    const body = await page('/insights?period=2026-11&language=fr');
    expect(body).toContain('sexting.definition');
    expect(body).not.toContain('grooming.definition');
  });

  test('show nothing of the present hour', async () => {
    const before = await page('/insights?period=2026');
    for (let i = 0; i < 10; i++) await chat('fr', ['au revoir']);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await page('/insights?period=2026')).toBe(before);
  });

  test('give the same figures as a table for spreadsheets', async () => {
    const csv = await page('/insights/export.csv?period=2026-11&language=');
    const lines = csv.slice(1).trim().split('\r\n');
    expect(lines[0]).toBe('period;language filter;measure;value;name;count');
    expect(lines).toContain('2026-11;;chats;;;15');
    expect(lines.every((line) => /(?:;|^)(?:<5|\d*[05]|count)$/.test(line))).toBe(true);
  });

  test.each([
    '/insights',
    '/insights/questions',
    '/insights/campaigns',
    '/insights/summary',
    '/insights/export.csv',
  ])('%s is for staff only', async (path) => {
    expect((await running.server.inject({ url: path })).statusCode).toBe(401);
  });

  test('show a single question only some days later', async () => {
    expect(await page('/insights/questions')).not.toContain('en ik wil een');
    clock = START + 8 * DAY;
    await signIn();
    const body = await page('/insights/questions');
    expect(body).toContain('en ik wil een');
    expect(body).toContain('Fewer than 5 messages');
  });
});
