import { Redis } from 'ioredis';
import { afterEach, expect, test } from 'vitest';
import { hasRedis, newAgent, openChat, type RedisServer, startRedis } from '../../src/load/index.ts';
import { type ConversationStore, createRedisStore } from '../../src/storage/index.ts';
import { type RunningServer, startServer } from '../helpers.ts';

const agent = newAgent(20);
const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
if (!hasRedis()) console.warn('Skipped: faults of Redis, because redis-server is not installed.');
const promises = test.skipIf(!hasRedis());

async function redisWith(...settings: string[]): Promise<RedisServer> {
  const redis = await startRedis(settings);
  closing.push(() => redis.stop());
  return redis;
}

async function instanceOn(redis: RedisServer): Promise<RunningServer & { store: ConversationStore }> {
  const store = await createRedisStore(redis.url);
  const running = await startServer({}, { store });
  closing.push(async () => {
    await running.server.close();
    await store.close();
  });
  return running;
}

async function visitor(url: string) {
  const chat = await openChat(url, agent);
  closing.push(() => chat.close());
  return chat;
}

const begin = (url: string) => fetch(`${url}/v3/directline/conversations`, { method: 'POST' });

async function expectAway(url: string): Promise<void> {
  const begun = performance.now();
  const response = await begin(url);
  expect(response.status).toBe(503);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await response.json()).toMatchObject({ error: { code: 'ServiceUnavailable' } });
  expect(performance.now() - begun).toBeLessThan(10_000);
}

promises('without Redis people get a clear 503, and chats go on by themselves once it is back', async () => {
  const redis = await redisWith('--appendonly', 'yes', '--appendfsync', 'always');
  const { url } = await instanceOn(redis);
  const chat = await visitor(url);
  await chat.say('wat is grooming');
  await redis.kill();
  await expectAway(url);
  const patient = chat.say('hoeveel meldingen in 2018');
  await redis.restart();
  await patient;
  expect(chat.refusals).toContain(503);
  expect(await chat.faults()).toEqual([]);
  expect(chat.reconnects).toBe(0);
});

promises('a Redis that hangs gives a 503 instead of a chat that hangs, and recovers', async () => {
  const redis = await redisWith();
  const { url } = await instanceOn(redis);
  const chat = await visitor(url);
  redis.freeze();
  await expectAway(url);
  const patient = chat.say('wat is grooming');
  await expectAway(url);
  redis.thaw();
  await patient;
  expect(await chat.faults()).toEqual([]);
});

promises('a Redis that is paused by its administrator does the same', async () => {
  const redis = await redisWith();
  const { url } = await instanceOn(redis);
  const chat = await visitor(url);
  const admin = new Redis(redis.url);
  closing.push(() => admin.quit());
  await admin.call('CLIENT', 'PAUSE', '3000', 'ALL');
  await expectAway(url);
  await chat.say('wat is grooming');
  expect(await chat.faults()).toEqual([]);
});

promises(
  'a Redis that is full refuses with a 503 what it cannot keep, and takes it once there is room',
  async () => {
    const redis = await redisWith('--maxmemory-policy', 'noeviction');
    const { url } = await instanceOn(redis);
    const chat = await visitor(url);
    const admin = new Redis(redis.url);
    closing.push(() => admin.quit());
    await admin.config('SET', 'maxmemory', '100kb');
    await expectAway(url);
    const patient = chat.say('wat is grooming');
    await admin.config('SET', 'maxmemory', '0');
    await patient;
    expect(await chat.faults()).toEqual([]);
  },
);

promises('a conversation that Redis evicted half of is gone as a whole', async () => {
  const redis = await redisWith();
  const { store } = await instanceOn(redis);
  const admin = new Redis(redis.url);
  closing.push(() => admin.quit());
  for (const part of ['chat:{a}', 'chat:{a}:activities']) {
    await store.create('a', { activities: [Buffer.from('x')], state: Buffer.from('y') });
    await admin.del(part);
    expect(await store.open('a')).toBeUndefined();
    expect(await store.read('a', 0, 10)).toBeUndefined();
    expect(await admin.keys('chat:{a}*')).toEqual([]);
  }
});

promises('a Redis that evicts under pressure leaves each conversation whole or gone', async () => {
  const redis = await redisWith('--maxmemory', '4mb', '--maxmemory-policy', 'allkeys-random');
  const { store } = await instanceOn(redis);
  const activity = Buffer.alloc(10_000, 'x');
  const ids = Array.from({ length: 600 }, (_, i) => `c${i}`);
  for (const id of ids) await store.create(id, { activities: [activity, activity], state: activity });
  const pages = await Promise.all(ids.map((id) => store.read(id, 0, 10)));
  const whole = pages.filter((page) => page !== undefined);
  expect(whole.length).toBeLessThan(ids.length);
  expect(whole.length).toBeGreaterThan(0);
  expect(new Set(whole.map(({ activities, last }) => `${activities.length} of ${last}`))).toEqual(
    new Set(['2 of 2']),
  );
});

promises('two instances answer one conversation in order, each message once', async () => {
  const redis = await redisWith();
  const [first, second] = [await instanceOn(redis), await instanceOn(redis)];
  const response = await begin(first.url);
  const { conversationId, token } = (await response.json()) as { conversationId: string; token: string };
  const post = (base: string, id: string) =>
    fetch(`${base}/v3/directline/conversations/${conversationId}/activities`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'message',
        text: 'hallo',
        from: { id: 'v' },
        channelData: { clientActivityID: id },
      }),
    });
  const statuses = await Promise.all(
    Array.from({ length: 20 }, (_, i) => post(i % 2 === 0 ? first.url : second.url, `m${i % 15}`)),
  );
  expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([200]));
  const set = await fetch(`${second.url}/v3/directline/conversations/${conversationId}/activities`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { activities } = (await set.json()) as {
    activities: { from: { role: string }; channelData?: { clientActivityID?: string } }[];
  };
  const roles = activities.slice(1).map(({ from }) => from.role);
  expect(roles).toEqual(Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 'user' : 'bot')));
  const ids = activities.flatMap(({ channelData }) => channelData?.clientActivityID ?? []);
  expect(new Set(ids).size).toBe(15);
});

promises(
  'a stream of one instance brings what another instance kept, and ends when it is erased there',
  async () => {
    const redis = await redisWith();
    const [first, second] = [await instanceOn(redis), await instanceOn(redis)];
    const opened = (await (await begin(first.url)).json()) as {
      conversationId: string;
      token: string;
      streamUrl: string;
    };
    const socket = new WebSocket(opened.streamUrl);
    closing.push(() => socket.close());
    const roles: string[] = [];
    socket.onmessage = ({ data }) => {
      if (data === '') return;
      roles.push(
        ...(JSON.parse(String(data)) as { activities: { from: { role: string } }[] }).activities.map(
          ({ from }) => from.role,
        ),
      );
    };
    const ended = new Promise<number>((resolve) => {
      socket.onclose = ({ code }) => resolve(code);
    });
    await expect.poll(() => roles).toEqual(['bot']);
    const there = `${second.url}/v3/directline/conversations/${opened.conversationId}`;
    const headers = { authorization: `Bearer ${opened.token}`, 'content-type': 'application/json' };
    await fetch(`${there}/activities`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ type: 'message', text: 'hallo' }),
    });
    await expect.poll(() => roles).toEqual(['bot', 'user', 'bot']);
    await fetch(there, { method: 'DELETE', headers: { authorization: `Bearer ${opened.token}` } });
    expect(await ended).toBe(1001);
  },
);

promises('Redis alone reveals no message', async () => {
  const redis = await redisWith('--appendonly', 'yes');
  const { url } = await instanceOn(redis);
  const chat = await visitor(url);
  await chat.say('my name is Rosalind and someone is blackmailing me');
  const admin = new Redis(redis.url);
  closing.push(() => admin.quit());
  await admin.call('SAVE');
  const { readdir, readFile } = await import('node:fs/promises');
  const names = (await readdir(redis.folder, { recursive: true, withFileTypes: true })).filter((each) =>
    each.isFile(),
  );
  const kept = await Promise.all(
    names.map(({ parentPath, name }) => readFile(`${parentPath}/${name}`, 'latin1')),
  );
  expect(kept.join('')).toContain('activities');
  expect(kept.join('')).not.toMatch(/Rosalind|blackmail|116/);
});

promises(
  'data of a newer version, and a Redis that is not there, are refused with a word on what to do',
  async () => {
    const redis = await redisWith();
    const admin = new Redis(redis.url);
    await admin.set('chat:schema', 99);
    await admin.quit();
    await expect(createRedisStore(redis.url)).rejects.toThrow(/newer version.*REDIS_URL/);
    await redis.kill();
    await expect(createRedisStore(redis.url)).rejects.toThrow(/Redis cannot be used: .*ECONNREFUSED/);
  },
);
