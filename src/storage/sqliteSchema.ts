import type { DatabaseSync } from 'node:sqlite';
import { NewerDatabase } from './types.ts';

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
  // Turns are counted, so that one that was overtaken is noticed. A conversation without a turn was never welcomed: it begins anew.
  `ALTER TABLE conversation ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
   DELETE FROM conversation WHERE state IS NULL;`,
];

/** Brings a file to the present schema. @throws {NewerDatabase} */
export function migrate(database: DatabaseSync, file: string): void {
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
