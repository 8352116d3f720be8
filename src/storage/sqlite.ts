import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DEFAULT_SILENCE, steadyNow } from './defaults.ts';
import { createGroupCommit, unavailable } from './groupCommit.ts';
import { createListeners } from './listeners.ts';
import { migrate } from './sqliteSchema.ts';
import {
  type Appended,
  type ConversationStore,
  type StoredActivity,
  type StoreOptions,
  type TurnRecord,
  UnknownConversation,
} from './types.ts';

const SETTINGS = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
  PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 250;`;
/** What was erased must not live on in the write-ahead log. */
const EMPTY_LOG = 'PRAGMA wal_checkpoint(TRUNCATE)';

interface Row {
  readonly version: number;
  readonly state: Uint8Array;
}

/**
 * Keeps conversations in one SQLite file, readable by this user only. Deleted data are overwritten (`secure_delete`).
 *
 * @throws {NewerDatabase} where the file is of a newer version
 */
export function createSqliteStore(
  file: string,
  { silence = DEFAULT_SILENCE, now = steadyNow }: StoreOptions = {},
): ConversationStore {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file);
  chmodSync(file, 0o600);
  database.exec(SETTINGS);
  migrate(database, file);
  // A crash between erasing and emptying left it full.
  database.exec(EMPTY_LOG);

  const checkpoint = database.prepare(EMPTY_LOG);
  const insert = database.prepare(
    'INSERT INTO conversation (id, touched, state, version) VALUES (?, ?, ?, 1)',
  );
  const byId = database.prepare('SELECT version, state FROM conversation WHERE id = ? AND touched >= ?');
  const update = database.prepare(
    'UPDATE conversation SET state = ?, touched = ?, version = version + 1 WHERE id = ?',
  );
  const lastOf = database.prepare('SELECT max(sequence) AS last FROM activity WHERE conversation = ?');
  const add = database.prepare(
    'INSERT INTO activity (conversation, sequence, sealed, fingerprint) VALUES (?, ?, ?, ?)',
  );
  const known = database.prepare('SELECT sequence FROM activity WHERE conversation = ? AND fingerprint = ?');
  const page = database.prepare(
    'SELECT sequence, sealed FROM activity WHERE conversation = ? AND sequence > ? ORDER BY sequence LIMIT ?',
  );
  const remove = database.prepare('DELETE FROM conversation WHERE id = ?');
  const removeSilent = database.prepare('DELETE FROM conversation WHERE touched < ?');
  const bringBack = database.prepare('UPDATE conversation SET touched = ? WHERE touched > ?');

  const listeners = createListeners();
  let erasedSomething = false;
  const write = createGroupCommit(database, () => {
    if (erasedSomething) erasedSomething = !emptyLog();
  });

  /** False where somebody reads the file, or the disk is full: it is tried again after the next write. */
  function emptyLog(): boolean {
    try {
      return (checkpoint.get() as { busy: number }).busy === 0;
    } catch {
      return false;
    }
  }

  /** Whole milliseconds: the column holds integers. */
  const time = () => Math.floor(now());
  const oldest = () => time() - silence;
  const rowOf = (id: string) => byId.get(id, oldest()) as Row | undefined;
  const last = (id: string) => (lastOf.get(id) as { last: number | null }).last ?? 0;

  function sequenceOf(id: string, fingerprint: string | undefined): number | undefined {
    if (fingerprint === undefined) return undefined;
    return (known.get(id, fingerprint) as { sequence: number } | undefined)?.sequence;
  }

  function addAll(id: string, first: number, turn: TurnRecord): void {
    turn.activities.forEach((sealed, i) => {
      add.run(id, first + i, sealed, i === 0 ? (turn.fingerprint ?? null) : null);
    });
  }

  function appendNow(id: string, turn: TurnRecord, version: number): Appended | undefined {
    const row = rowOf(id);
    if (!row) return undefined;
    const before = sequenceOf(id, turn.fingerprint);
    if (before !== undefined) return { kind: 'known', first: before };
    if (row.version !== version) return { kind: 'overtaken' };
    update.run(turn.state, time(), id);
    const first = last(id) + 1;
    addAll(id, first, turn);
    return { kind: 'appended', first, last: first + turn.activities.length - 1 };
  }

  async function look<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (error) {
      throw unavailable(error);
    }
  }

  return {
    create: (id, turn) =>
      write(() => {
        if (rowOf(id)) return false;
        erasedSomething ||= remove.run(id).changes > 0;
        insert.run(id, time(), turn.state);
        addAll(id, 1, turn);
        return true;
      }),
    exists: (id) => look(() => rowOf(id) !== undefined),
    open: (id, fingerprint) =>
      look(() => {
        const row = rowOf(id);
        if (!row) return undefined;
        const sequence = sequenceOf(id, fingerprint);
        return { ...row, ...(sequence !== undefined && { known: sequence }) };
      }),
    async append(id, turn, version) {
      const appended = await write(() => appendNow(id, turn, version));
      if (!appended) throw new UnknownConversation(id);
      if (appended.kind === 'appended')
        listeners.tell({ kind: 'appended', conversationId: id, last: appended.last });
      return appended;
    },
    read: (id, after, limit) =>
      look(() => {
        if (!rowOf(id)) return undefined;
        const activities = page.all(id, after, limit) as unknown as StoredActivity[];
        return { activities, last: last(id) };
      }),
    async erase(id) {
      await write(() => {
        erasedSomething ||= remove.run(id).changes > 0;
      });
      listeners.tell({ kind: 'erased', conversationId: id });
    },
    eraseSilent: () =>
      write(() => {
        // Touched in the future: the clock was wrong then. Such a conversation must end one day, too.
        bringBack.run(time(), time());
        const erased = Number(removeSilent.run(oldest()).changes);
        erasedSomething ||= erased > 0;
        return erased;
      }),
    subscribe: listeners.add,
    check: () => look(() => void byId.get('', 0)),
    async close() {
      await write(() => undefined);
      database.close();
    },
  };
}
