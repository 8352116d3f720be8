import type { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from './types.ts';

interface Waiting {
  /** Writes inside the transaction. What it returns is given to who waits, once all of it is on the disk. */
  readonly work: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Runs one piece of writing; resolves once it is on the disk. */
export type Write = <T>(work: () => T) => Promise<T>;

/**
 * Writes of the same moment share one transaction, and so one wait for the disk: under load that is most of the cost.
 * Where one of them fails, none is kept and everybody is told.
 *
 * @param afterwards runs after each commit that wrote something
 */
export function createGroupCommit(database: DatabaseSync, afterwards: () => void): Write {
  let waiting: Waiting[] = [];

  function commit(): void {
    const group = waiting;
    waiting = [];
    try {
      database.exec('BEGIN IMMEDIATE');
      const results = group.map(({ work }) => work());
      database.exec('COMMIT');
      group.forEach(({ resolve }, i) => {
        resolve(results[i]);
      });
    } catch (error) {
      // Some errors end the transaction by themselves.
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      for (const { reject } of group) reject(unavailable(error));
      return;
    }
    afterwards();
  }

  return <T>(work: () => T) =>
    new Promise<T>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(commit);
      waiting.push({ work, resolve: resolve as (result: unknown) => void, reject });
    });
}

/** A full disk, a file that cannot be written, a lock that is not given back. */
export function unavailable(cause: unknown): StoreUnavailable {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreUnavailable(`The SQLite file cannot be used: ${reason}.`, { cause });
}
