import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createSqliteStore, StoreUnavailable } from '../../src/storage/index.ts';

const file = () => join(mkdtempSync(join(tmpdir(), 'store-')), 'chats.sqlite');
const bytes = (text: string) => new TextEncoder().encode(text);
const turn = (...texts: string[]) => ({ activities: texts.map(bytes), state: bytes('state') });

test('a SQLite file is readable by its owner only, and survives a restart', async () => {
  const path = file();
  const first = createSqliteStore(path);
  await first.create('a', turn('kept'));
  await first.close();
  expect(statSync(path).mode & 0o077).toBe(0);
  const second = createSqliteStore(path);
  expect((await second.read('a', 0, 10))?.activities).toHaveLength(1);
  await second.close();
});

test('an erased text is not left in the SQLite file, nor in its log', async () => {
  const path = file();
  const store = createSqliteStore(path);
  await store.create('a', turn('a-very-recognisable-text'));
  expect(readFileSync(`${path}-wal`).includes('a-very-recognisable-text')).toBe(true);
  await store.erase('a');
  expect(readFileSync(`${path}-wal`).includes('a-very-recognisable-text')).toBe(false);
  await store.close();
  expect(readFileSync(path).includes('a-very-recognisable-text')).toBe(false);
});

test('a text that was silent for too long is not left in the SQLite file, nor in its log', async () => {
  const path = file();
  let now = 1_000_000;
  const store = createSqliteStore(path, { silence: 1000, now: () => now });
  await store.create('a', turn('a-very-recognisable-text'));
  now += 1001;
  expect(await store.eraseSilent()).toBe(1);
  expect(readFileSync(`${path}-wal`).includes('a-very-recognisable-text')).toBe(false);
  expect(readFileSync(path).includes('a-very-recognisable-text')).toBe(false);
  await store.close();
});

test('what a reader kept from being wiped off the log is wiped off after the next write', async () => {
  const path = file();
  const store = createSqliteStore(path);
  await store.create('a', turn('a-very-recognisable-text'));
  const reader = new DatabaseSync(path);
  reader.exec('BEGIN; SELECT count(*) FROM conversation;');
  reader.prepare('SELECT count(*) FROM conversation').get();
  await store.erase('a');
  reader.exec('COMMIT');
  reader.close();
  await store.create('b', turn('other'));
  expect(readFileSync(`${path}-wal`).includes('a-very-recognisable-text')).toBe(false);
  await store.close();
});

test('a chat that was touched while the clock was wrong still ends one day', async () => {
  let now = Date.UTC(2040, 0, 1);
  const store = createSqliteStore(file(), { silence: 1000, now: () => now });
  await store.create('a', turn('x'));
  now = Date.UTC(2026, 0, 1);
  await store.eraseSilent();
  expect(await store.exists('a')).toBe(true);
  now += 1001;
  expect(await store.eraseSilent()).toBe(1);
  await store.close();
});

test('a file of the first version is brought up to date, its chats with it', async () => {
  const path = file();
  const old = new DatabaseSync(path);
  old.exec(`CREATE TABLE conversation (id TEXT PRIMARY KEY, touched INTEGER NOT NULL, state BLOB) WITHOUT ROWID;
    CREATE INDEX conversation_touched ON conversation (touched);
    CREATE TABLE activity (conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      sequence INTEGER NOT NULL, sealed BLOB NOT NULL, fingerprint TEXT, PRIMARY KEY (conversation, sequence)) WITHOUT ROWID;
    CREATE UNIQUE INDEX activity_fingerprint ON activity (conversation, fingerprint) WHERE fingerprint IS NOT NULL;
    PRAGMA user_version = 1;`);
  old.prepare('INSERT INTO conversation VALUES (?, ?, ?)').run('a', Date.now(), bytes('state'));
  old.prepare('INSERT INTO activity VALUES (?, ?, ?, ?)').run('a', 1, bytes('welcome'), null);
  old.close();
  const store = createSqliteStore(path);
  const { version = -1 } = (await store.open('a')) ?? {};
  expect(await store.append('a', turn('next'), version)).toEqual({ kind: 'appended', first: 2, last: 2 });
  await store.close();
});

test('a file of a newer version is refused with a word on what to do', () => {
  const path = file();
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  expect(() => createSqliteStore(path)).toThrow(/newer version.*move the file away/s);
});

test('writes of the same moment share one transaction, and each gets its own result', async () => {
  const store = createSqliteStore(file());
  await Promise.all(Array.from({ length: 50 }, (_, i) => store.create(`c${i}`, turn('x'))));
  const results = await Promise.allSettled([
    store.append('c1', turn('y'), 1),
    store.append('nobody', turn('y'), 1),
    store.append('c2', turn('y'), 7),
  ]);
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value.kind : 'rejected'))).toEqual([
    'appended',
    'rejected',
    'overtaken',
  ]);
  await store.close();
});

test('where the file can take no more, writes are refused and what was kept can be read', async () => {
  const path = file();
  const store = createSqliteStore(path);
  await store.create('a', turn('kept'));
  const blocker = new DatabaseSync(path);
  blocker.exec('BEGIN IMMEDIATE');
  await expect(store.append('a', turn('more'), 1)).rejects.toThrow(StoreUnavailable);
  expect((await store.read('a', 0, 10))?.activities).toHaveLength(1);
  blocker.exec('ROLLBACK');
  blocker.close();
  expect((await store.append('a', turn('more'), 1)).kind).toBe('appended');
  await store.close();
});
