import type { Brain } from '../brain.ts';
import type { Knowledge, Problem } from '../knowledge/index.ts';

/** Which knowledge is in use, and what keeps newer files from being used. Plain JSON. */
export interface KnowledgeStatus {
  /**
   * `current`: every file on the disk is in use. `learning`: texts and figures are; changed phrasings are found word for
   * word, the rest follows within seconds. `broken`: some files have errors, and their last good versions are in use.
   */
  readonly state: 'current' | 'learning' | 'broken';
  /** Of the knowledge in use. */
  readonly hash: string;
  /** When this knowledge was taken into use, ISO 8601. */
  readonly since: string;
  /** Files whose last good version is in use; empty where nothing is wrong. */
  readonly kept: readonly string[];
  /** Why the files are not in use as they stand. */
  readonly problems: readonly Problem[];
}

/** What the loader made of the files. */
export interface Loaded {
  /** The best that can be made of the files; undefined where nothing good was ever read. */
  readonly knowledge: Knowledge | undefined;
  /** Names what the knowledge teaches: see `lessonKey`. */
  readonly key: string;
  readonly kept: readonly string[];
  readonly problems: readonly Problem[];
}

/** A bot whose files may change while it talks. */
export interface LiveBrain {
  /** Stays the same object; each call uses the newest knowledge. */
  readonly brain: Brain;
  status(): KnowledgeStatus;
  /** Calls the listener after every change of status. */
  onStatus(listener: (status: KnowledgeStatus) => void): void;
  close(): Promise<void>;
}
