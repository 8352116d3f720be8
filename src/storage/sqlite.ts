import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  type Appended,
  type ConversationStore,
  type StoredActivity,
  type TurnRecord,
  UnknownConversation,
} from './types.ts';

/** One step each from an older file to the present one; a new file takes all of them. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE conversation (
     id TEXT PRIMARY KEY, touched INTEGER NOT NULL, state BLOB
   ) WITHOUT ROWID;
   CREATE INDEX conversation_touched ON conversation (touched);
   CREATE TABLE activity (
     conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
     sequence INTEGER NOT NULL, sealed BLOB NOT NULL, fingerprint TEXT,
     PRIMARY KEY (conversation, sequence)
   ) WITHOUT ROWID;
   CREATE UNIQUE INDEX activity_fingerprint ON activity (conversation, fingerprint) WHERE fingerprint IS NOT NULL;`,
];

/** Thrown when the file was written by a newer version of this program. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase';
}

function migrate(database: DatabaseSync, file: string): void {
  const version = (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
  if (version > MIGRATIONS.length) {
    throw new NewerDatabase(
      `${file} was written by a newer version (schema ${version}; this one knows ${MIGRATIONS.length}). Start the newer version, or move the file away: it holds only running chats.`,
    );
  }
  MIGRATIONS.slice(version).forEach((step, i) => {
    database.exec(`BEGIN; ${step} PRAGMA user_version = ${version + i + 1}; COMMIT;`);
  });
}

/**
 * Keeps conversations in one SQLite file, readable by this user only. Deleted data are overwritten (`secure_delete`).
 *
 * @throws {NewerDatabase} where the file is of a newer version
 */
export function createSqliteStore(file: string): ConversationStore {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file);
  chmodSync(file, 0o600);
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;',
  );
  migrate(database, file);

  const insert = database.prepare('INSERT INTO conversation (id, touched) VALUES (?, ?)');
  const byId = database.prepare('SELECT 1 FROM conversation WHERE id = ?');
  const update = database.prepare('UPDATE conversation SET state = ?, touched = ? WHERE id = ?');
  const last = database.prepare('SELECT max(sequence) AS last FROM activity WHERE conversation = ?');
  const add = database.prepare(
    'INSERT INTO activity (conversation, sequence, sealed, fingerprint) VALUES (?, ?, ?, ?)',
  );
  const known = database.prepare('SELECT sequence FROM activity WHERE conversation = ? AND fingerprint = ?');
  const after = database.prepare(
    'SELECT sequence, sealed FROM activity WHERE conversation = ? AND sequence > ? ORDER BY sequence',
  );
  const stateOf = database.prepare('SELECT state FROM conversation WHERE id = ?');
  const remove = database.prepare('DELETE FROM conversation WHERE id = ?');
  const removeSilent = database.prepare('DELETE FROM conversation WHERE touched < ?');

  function findSequence(id: string, fingerprint: string): number | undefined {
    return (known.get(id, fingerprint) as { sequence: number } | undefined)?.sequence;
  }

  function appendNow(id: string, turn: TurnRecord, now: number): Appended {
    const before = turn.fingerprint === undefined ? undefined : findSequence(id, turn.fingerprint);
    if (before !== undefined) return { kind: 'known', first: before };
    if (update.run(turn.state, now, id).changes === 0) throw new UnknownConversation(id);
    const first = ((last.get(id) as { last: number | null }).last ?? 0) + 1;
    turn.activities.forEach((sealed, i) => {
      add.run(id, first + i, sealed, i === 0 ? (turn.fingerprint ?? null) : null);
    });
    return { kind: 'appended', first, last: first + turn.activities.length - 1 };
  }

  /** What was erased must not live on in the write-ahead log. */
  function emptyLog(): void {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  return {
    async create(id, now) {
      insert.run(id, now);
    },
    async exists(id) {
      return byId.get(id) !== undefined;
    },
    async append(id, turn, now) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const appended = appendNow(id, turn, now);
        database.exec('COMMIT');
        return appended;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    async find(id, fingerprint) {
      return findSequence(id, fingerprint);
    },
    async read(id, watermark) {
      return after.all(id, watermark) as unknown as StoredActivity[];
    },
    async state(id) {
      return (stateOf.get(id) as { state: Uint8Array | null } | undefined)?.state ?? undefined;
    },
    async erase(id) {
      remove.run(id);
      emptyLog();
    },
    async eraseSilent(before) {
      const erased = Number(removeSilent.run(before).changes);
      if (erased > 0) emptyLog();
      return erased;
    },
    async close() {
      database.close();
    },
  };
}
