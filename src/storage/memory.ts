import {
  type Appended,
  type ConversationStore,
  type StoredActivity,
  type TurnRecord,
  UnknownConversation,
} from './types.ts';

interface Kept {
  readonly activities: StoredActivity[];
  readonly fingerprints: Map<string, number>;
  state?: Uint8Array;
  touched: number;
}

/** Keeps conversations in memory: for tests, and where nothing may touch the disk. Lost at a restart. */
export function createMemoryStore(): ConversationStore {
  const conversations = new Map<string, Kept>();
  return {
    async create(id, now) {
      conversations.set(id, { activities: [], fingerprints: new Map(), touched: now });
    },
    async exists(id) {
      return conversations.has(id);
    },
    async append(id, turn: TurnRecord, now): Promise<Appended> {
      const kept = conversations.get(id);
      if (!kept) throw new UnknownConversation(id);
      const known = turn.fingerprint === undefined ? undefined : kept.fingerprints.get(turn.fingerprint);
      if (known !== undefined) return { kind: 'known', first: known };
      const first = kept.activities.length + 1;
      turn.activities.forEach((sealed, i) => {
        kept.activities.push({ sequence: first + i, sealed });
      });
      if (turn.fingerprint !== undefined) kept.fingerprints.set(turn.fingerprint, first);
      kept.state = turn.state;
      kept.touched = now;
      return { kind: 'appended', first, last: kept.activities.length };
    },
    async find(id, fingerprint) {
      return conversations.get(id)?.fingerprints.get(fingerprint);
    },
    async read(id, after) {
      return conversations.get(id)?.activities.filter(({ sequence }) => sequence > after) ?? [];
    },
    async state(id) {
      return conversations.get(id)?.state;
    },
    async erase(id) {
      conversations.delete(id);
    },
    async eraseSilent(before) {
      const silent = [...conversations].filter(([, { touched }]) => touched < before);
      for (const [id] of silent) conversations.delete(id);
      return silent.length;
    },
    async close() {
      conversations.clear();
    },
  };
}
