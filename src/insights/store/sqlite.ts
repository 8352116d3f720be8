import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StoredQuestion } from '../questions/group.ts';
import type { Question } from '../questions/question.ts';
import type { Campaign, Counted, DayCount, InsightStore } from './types.ts';

/** One step each from an older file to the present one; a new file takes all of them. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE recent (
     hour TEXT NOT NULL, locale TEXT NOT NULL, measure TEXT NOT NULL, value TEXT NOT NULL, count INTEGER NOT NULL,
     PRIMARY KEY (hour, locale, measure, value)
   ) WITHOUT ROWID;
   CREATE TABLE count (
     day TEXT NOT NULL, locale TEXT NOT NULL, measure TEXT NOT NULL, value TEXT NOT NULL, count INTEGER NOT NULL,
     PRIMARY KEY (day, locale, measure, value)
   ) WITHOUT ROWID;
   CREATE TABLE question (
     day TEXT NOT NULL, locale TEXT NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL, near TEXT NOT NULL,
     count INTEGER NOT NULL,
     PRIMARY KEY (day, locale, text, reason)
   ) WITHOUT ROWID;
   CREATE TABLE campaign (name TEXT PRIMARY KEY, added TEXT NOT NULL) WITHOUT ROWID;`,
];

/** Thrown when the file was written by a newer version of this program. */
export class NewerInsights extends Error {
  override readonly name = 'NewerInsights';
}

function migrate(database: DatabaseSync, file: string): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > MIGRATIONS.length)
    throw new NewerInsights(
      `${file} was written by a newer version (schema ${version}; this one knows ${MIGRATIONS.length}). Start the newer version, or move the file away.`,
    );
  MIGRATIONS.slice(version).forEach((step, i) => {
    database.exec(`BEGIN; ${step} PRAGMA user_version = ${version + i + 1}; COMMIT;`);
  });
}

type QuestionRow = Omit<StoredQuestion, 'near'> & { readonly near: string };

/**
 * Counts in a file of their own, readable by this user only. Erased rows are overwritten (`secure_delete`), so that not
 * even the order in which counts came can be read from the file.
 *
 * @throws {NewerInsights}
 */
export function createSqliteInsights(file: string): InsightStore {
  const inMemory = file === ':memory:';
  if (!inMemory) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file);
  if (!inMemory) chmodSync(file, 0o600);
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000;',
  );
  migrate(database, file);

  const addCount = database.prepare(
    `INSERT INTO recent VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  );
  const addQuestion = database.prepare(
    `INSERT INTO question (day, locale, text, reason, near, count) VALUES (?, ?, ?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET count = count + 1`,
  );
  const join = database.prepare(
    `INSERT INTO count SELECT substr(hour, 1, 10), locale, measure, value, sum(count) FROM recent
     WHERE hour < ? GROUP BY 1, 2, 3, 4
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  );
  const forgetHours = database.prepare('DELETE FROM recent WHERE hour < ?');
  const between = database.prepare('SELECT * FROM count WHERE day BETWEEN ? AND ?');
  const first = database.prepare('SELECT min(day) AS day FROM count');
  const allQuestions = database.prepare('SELECT * FROM question');
  const eraseText = database.prepare('DELETE FROM question WHERE locale = ? AND text = ?');
  const eraseQuestions = database.prepare('DELETE FROM question WHERE day < ?');
  const eraseCounts = database.prepare('DELETE FROM count WHERE day < ?');
  const allCampaigns = database.prepare('SELECT * FROM campaign ORDER BY added DESC, name');
  const addCampaign = database.prepare('INSERT OR IGNORE INTO campaign (name, added) VALUES (?, ?)');

  function together(work: () => void): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      work();
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    async add(hour, counts: readonly Counted[], questions: readonly Question[]) {
      together(() => {
        for (const { locale, measure, value, count } of counts)
          addCount.run(hour, locale, measure, value, count);
        for (const { locale, text, reason, near } of questions)
          addQuestion.run(hour.slice(0, 10), locale, text, reason, JSON.stringify(near));
      });
    },
    async settle(hour) {
      together(() => {
        join.run(hour);
        forgetHours.run(hour);
      });
    },
    counts: async (from, to) => between.all(from, to) as unknown as DayCount[],
    firstDay: async () => (first.get() as { day: string | null }).day ?? undefined,
    questions: async () =>
      (allQuestions.all() as unknown as QuestionRow[]).map((row) => ({
        ...row,
        near: JSON.parse(row.near) as string[],
      })),
    async eraseQuestions(locale, texts) {
      together(() => {
        for (const text of texts) eraseText.run(locale, text);
      });
    },
    async eraseBefore(days) {
      eraseQuestions.run(days.questions);
      eraseCounts.run(days.counts);
      // What was erased must not live on in the write-ahead log.
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    campaigns: async () => allCampaigns.all() as unknown as Campaign[],
    addCampaign: async ({ name, added }) => addCampaign.run(name, added).changes > 0,
    async close() {
      database.close();
    },
  };
}
