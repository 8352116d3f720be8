import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import {
  BrokenSeal,
  type ConversationStore,
  createMemoryStore,
  createSqliteStore,
  newKey,
  seal,
  UnknownConversation,
  unseal,
} from '../../src/storage/index.ts';

const file = () => join(mkdtempSync(join(tmpdir(), 'store-')), 'chats.sqlite');
const bytes = (text: string) => new TextEncoder().encode(text);
const turn = (...texts: string[]) => ({ activities: texts.map(bytes), state: bytes('state') });

/** What every store promises, whatever it is made of. */
describe.each<[string, () => ConversationStore]>([
  ['memory', createMemoryStore],
  ['sqlite', () => createSqliteStore(file())],
])('a %s store', (_name, open) => {
  test('gives back activities in order, after a watermark', async () => {
    const store = open();
    await store.create('a', 1);
    await store.append('a', turn('one', 'two'), 1);
    await store.append('a', turn('three'), 1);
    const read = await store.read('a', 1);
    expect(read.map(({ sequence, sealed }) => [sequence, new TextDecoder().decode(sealed)])).toEqual([
      [2, 'two'],
      [3, 'three'],
    ]);
  });

  test('keeps a message with the same fingerprint once', async () => {
    const store = open();
    await store.create('a', 1);
    await store.append('a', { ...turn('one'), fingerprint: 'x' }, 1);
    expect(await store.append('a', { ...turn('one'), fingerprint: 'x' }, 1)).toEqual({
      kind: 'known',
      first: 1,
    });
    expect(await store.read('a', 0)).toHaveLength(1);
  });

  test('keeps conversations apart', async () => {
    const store = open();
    await store.create('a', 1);
    await store.create('b', 1);
    await store.append('a', turn('secret'), 1);
    expect(await store.read('b', 0)).toEqual([]);
  });

  test('refuses a turn of a conversation that is not there', async () => {
    await expect(open().append('nobody', turn('x'), 1)).rejects.toThrow(UnknownConversation);
  });

  test('gives back the last state', async () => {
    const store = open();
    await store.create('a', 1);
    expect(await store.state('a')).toBeUndefined();
    await store.append('a', turn('x'), 1);
    expect(Buffer.from((await store.state('a')) ?? []).toString()).toBe('state');
  });

  test('erases a conversation with all that belongs to it', async () => {
    const store = open();
    await store.create('a', 1);
    await store.append('a', { ...turn('x'), fingerprint: 'f' }, 1);
    await store.erase('a');
    expect(await store.exists('a')).toBe(false);
    expect(await store.read('a', 0)).toEqual([]);
    expect(await store.find('a', 'f')).toBeUndefined();
  });

  test('erases what was silent for too long, and only that', async () => {
    const store = open();
    await store.create('old', 10);
    await store.create('new', 10);
    await store.append('new', turn('x'), 50);
    expect(await store.eraseSilent(40)).toBe(1);
    expect([await store.exists('old'), await store.exists('new')]).toEqual([false, true]);
  });
});

test('a SQLite file is readable by its owner only, and survives a restart', async () => {
  const path = file();
  const first = createSqliteStore(path);
  await first.create('a', 1);
  await first.append('a', turn('kept'), 1);
  await first.close();
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(await createSqliteStore(path).read('a', 0)).toHaveLength(1);
});

test('an erased text is not left in the SQLite file', async () => {
  const path = file();
  const store = createSqliteStore(path);
  await store.create('a', 1);
  await store.append('a', turn('a-very-recognisable-text'), 1);
  await store.erase('a');
  expect(readFileSync(`${path}-wal`).includes('a-very-recognisable-text')).toBe(false);
  await store.close();
  expect(readFileSync(path).includes('a-very-recognisable-text')).toBe(false);
});

test('a file of a newer version is refused with a word on what to do', () => {
  const path = file();
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(() => createSqliteStore(path)).toThrow(/newer version.*move the file away/s);
});

test('sealed data open with their key and conversation only', () => {
  const key = newKey();
  const sealed = seal({ text: 'ik ben bang' }, key, 'a');
  expect(Buffer.from(sealed).includes('bang')).toBe(false);
  expect(unseal(sealed, key, 'a')).toEqual({ text: 'ik ben bang' });
  expect(() => unseal(sealed, newKey(), 'a')).toThrow(BrokenSeal);
  expect(() => unseal(sealed, key, 'b')).toThrow(BrokenSeal);
});
