import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryStore, createSqliteStore } from '../../src/storage/index.ts';

const DAY = 24 * 60 * 60 * 1000;
const TURN = { activities: [Buffer.from('x')], state: Buffer.from('s') };

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['memory', () => createMemoryStore()],
  ['sqlite', () => createSqliteStore(join(mkdtempSync(join(tmpdir(), 'clock-')), 'chats.sqlite'))],
])(
  '%s: when the clock of the machine jumps a day ahead or back, no running chat ends',
  async (_name, open) => {
    const store = open();
    await store.create('a', TURN);
    const present = Date.now();
    for (const jump of [DAY, -DAY]) {
      vi.useFakeTimers({ toFake: ['Date'], now: present + jump });
      expect(await store.eraseSilent()).toBe(0);
      expect(await store.exists('a')).toBe(true);
      const { version = 0 } = (await store.open('a')) ?? {};
      expect((await store.append('a', TURN, version)).kind).toBe('appended');
    }
    await store.close();
  },
);
