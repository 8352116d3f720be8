import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, type RedisServer, startRedis } from '../../src/load/index.ts';
import {
  type ConversationStore,
  createMemoryStore,
  createRedisStore,
  createSqliteStore,
  type StoreChange,
  UnknownConversation,
} from '../../src/storage/index.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const turn = (...texts: string[]) => ({ activities: texts.map(bytes), state: bytes('state') });
const ALL = 1000;

/** A kind of store, and how its time passes. */
interface Kind {
  /** @param silence in milliseconds */
  open(silence?: number): Promise<ConversationStore>;
  pass(milliseconds: number): Promise<void>;
}

let redis: RedisServer | undefined;
beforeAll(async () => {
  if (hasRedis()) redis = await startRedis();
});
afterAll(() => redis?.stop());

let clock = Date.now();
const pass = async (milliseconds: number) => {
  clock += milliseconds;
};
const HOUR = 3_600_000;
const kinds: readonly [string, Kind][] = [
  ['memory', { open: async (silence = HOUR) => createMemoryStore({ silence, now: () => clock }), pass }],
  [
    'sqlite',
    {
      async open(silence = HOUR) {
        const file = join(mkdtempSync(join(tmpdir(), 'store-')), 'chats.sqlite');
        return createSqliteStore(file, { silence, now: () => clock });
      },
      pass,
    },
  ],
  [
    'redis',
    {
      async open(silence = HOUR) {
        const admin = new Redis(redis?.url ?? '');
        await admin.flushall();
        await admin.quit();
        return createRedisStore(redis?.url ?? '', { silence });
      },
      // Redis keeps its own time.
      pass: (milliseconds) => wait(milliseconds),
    },
  ],
];
if (!hasRedis()) console.warn('Skipped: tests of the Redis store, because redis-server is not installed.');

/** What every store promises, whatever it is made of. */
describe.each(kinds)('a %s store', (name, kind) => {
  const promises = name === 'redis' ? test.skipIf(!hasRedis()) : test;
  const opened: ConversationStore[] = [];
  const open = async (silence?: number) => {
    const store = await kind.open(silence);
    opened.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  async function texts(store: ConversationStore, id: string, after = 0, limit = ALL) {
    const page = await store.read(id, after, limit);
    return page?.activities.map(({ sequence, sealed }) => [sequence, new TextDecoder().decode(sealed)]);
  }

  promises('gives back activities in order, after a watermark, so many at a time', async () => {
    const store = await open();
    await store.create('a', turn('one', 'two'));
    await store.append('a', turn('three', 'four'), 1);
    expect(await texts(store, 'a', 1, 2)).toEqual([
      [2, 'two'],
      [3, 'three'],
    ]);
    expect((await store.read('a', 4, ALL))?.activities).toEqual([]);
    expect((await store.read('a', 0, 1))?.last).toBe(4);
  });

  promises('gives back bytes as they were', async () => {
    const store = await open();
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    await store.create('a', { activities: [all], state: all });
    expect(Buffer.from((await store.read('a', 0, ALL))?.activities[0]?.sealed ?? [])).toEqual(
      Buffer.from(all),
    );
    expect(Buffer.from((await store.open('a'))?.state ?? [])).toEqual(Buffer.from(all));
  });

  promises('keeps a message with the same fingerprint once, and finds it again', async () => {
    const store = await open();
    await store.create('a', turn('welcome'));
    await store.append('a', { ...turn('one', 'two'), fingerprint: 'x' }, 1);
    const again = await store.append('a', { ...turn('one', 'two'), fingerprint: 'x' }, 1);
    expect(again).toEqual({ kind: 'known', first: 2 });
    expect((await store.open('a', 'x'))?.known).toBe(2);
    expect((await store.open('a', 'y'))?.known).toBeUndefined();
    expect(await texts(store, 'a')).toHaveLength(3);
  });

  promises('keeps the same fingerprint sent twice at once only once', async () => {
    const store = await open();
    await store.create('a', turn('welcome'));
    const results = await Promise.all(
      [1, 2, 3].map(() => store.append('a', { ...turn('one'), fingerprint: 'x' }, 1)),
    );
    expect(results.map(({ kind: result }) => result).sort()).toEqual(['appended', 'known', 'known']);
  });

  promises('refuses a turn that another one overtook, and keeps nothing of it', async () => {
    const store = await open();
    await store.create('a', turn('welcome'));
    const { version = 0 } = (await store.open('a')) ?? {};
    await store.append('a', turn('first'), version);
    expect(await store.append('a', turn('second'), version)).toEqual({ kind: 'overtaken' });
    expect((await texts(store, 'a'))?.map(([, text]) => text)).toEqual(['welcome', 'first']);
  });

  promises('creates a conversation once', async () => {
    const store = await open();
    const created = await Promise.all([1, 2, 3].map((i) => store.create('a', turn(`welcome ${i}`))));
    expect(created.filter(Boolean)).toHaveLength(1);
    expect(await texts(store, 'a')).toHaveLength(1);
  });

  promises('keeps conversations apart', async () => {
    const store = await open();
    await store.create('a', turn('secret'));
    await store.create('b', turn('other'));
    expect(await texts(store, 'b')).toEqual([[1, 'other']]);
  });

  promises('keeps turns without activities: the state moves on', async () => {
    const store = await open();
    await store.create('a', turn());
    await store.append('a', { activities: [], state: bytes('next') }, 1);
    const snapshot = await store.open('a');
    expect(Buffer.from(snapshot?.state ?? []).toString()).toBe('next');
    expect(snapshot?.version).toBe(2);
  });

  promises('does not know a conversation that never was', async () => {
    const store = await open();
    await expect(store.append('nobody', turn('x'), 1)).rejects.toThrow(UnknownConversation);
    expect(await store.open('nobody')).toBeUndefined();
    expect(await store.read('nobody', 0, ALL)).toBeUndefined();
    expect(await store.exists('nobody')).toBe(false);
    await store.erase('nobody');
  });

  promises('erases a conversation with all that belongs to it', async () => {
    const store = await open();
    await store.create('a', { ...turn('x'), fingerprint: 'f' });
    await store.erase('a');
    expect(await store.exists('a')).toBe(false);
    expect(await store.read('a', 0, ALL)).toBeUndefined();
    expect(await store.create('a', turn('anew'))).toBe(true);
    expect((await store.open('a', 'f'))?.known).toBeUndefined();
    expect(await texts(store, 'a')).toEqual([[1, 'anew']]);
  });

  promises('ends what was silent for too long, and only that', async () => {
    const store = await open(400);
    await store.create('old', turn('x'));
    await store.create('new', turn('x'));
    await kind.pass(250);
    await store.append('new', turn('y'), 1);
    await kind.pass(250);
    expect([await store.exists('old'), await store.exists('new')]).toEqual([false, true]);
    await expect(store.append('old', turn('y'), 1)).rejects.toThrow(UnknownConversation);
    await store.eraseSilent();
    expect(await texts(store, 'new')).toHaveLength(2);
  });

  promises('tells of what was appended and erased', async () => {
    const store = await open();
    const heard: StoreChange[] = [];
    store.subscribe((change) => {
      if (change.kind !== 'missed') heard.push(change);
    });
    await store.create('a', turn('x'));
    // The line that listens to Redis opens on its own.
    await expect
      .poll(async () => {
        const { version = 0 } = (await store.open('a')) ?? {};
        await store.append('a', turn('y'), version);
        return heard.length;
      })
      .toBeGreaterThan(0);
    await store.erase('a');
    await expect.poll(() => heard.at(-1)).toEqual({ kind: 'erased', conversationId: 'a' });
    expect(heard[0]).toEqual({ kind: 'appended', conversationId: 'a', last: expect.any(Number) });
  });

  promises('answers when asked whether it is there', async () => {
    await expect((await open()).check()).resolves.toBeUndefined();
  });
});
