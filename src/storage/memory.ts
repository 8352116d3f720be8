import { DEFAULT_SILENCE, steadyNow } from './defaults.ts';
import { createListeners } from './listeners.ts';
import {
  type ConversationStore,
  type StoredActivity,
  type StoreOptions,
  type TurnRecord,
  UnknownConversation,
} from './types.ts';

interface Kept {
  readonly activities: StoredActivity[];
  readonly fingerprints: Map<string, number>;
  state: Uint8Array;
  version: number;
  touched: number;
}

/** Keeps conversations in memory: for tests, and where nothing may touch the disk. Lost at a restart. */
export function createMemoryStore({
  silence = DEFAULT_SILENCE,
  now = steadyNow,
}: StoreOptions = {}): ConversationStore {
  const conversations = new Map<string, Kept>();
  const listeners = createListeners();

  function keptOf(id: string): Kept | undefined {
    const kept = conversations.get(id);
    return kept && kept.touched >= now() - silence ? kept : undefined;
  }

  function keep(kept: Kept, turn: TurnRecord): { first: number; last: number } {
    const first = kept.activities.length + 1;
    turn.activities.forEach((sealed, i) => {
      kept.activities.push({ sequence: first + i, sealed });
    });
    if (turn.fingerprint !== undefined) kept.fingerprints.set(turn.fingerprint, first);
    kept.state = turn.state;
    kept.version++;
    kept.touched = now();
    return { first, last: kept.activities.length };
  }

  return {
    async create(id, turn) {
      if (keptOf(id)) return false;
      const kept: Kept = {
        activities: [],
        fingerprints: new Map(),
        state: turn.state,
        version: 0,
        touched: now(),
      };
      keep(kept, turn);
      conversations.set(id, kept);
      return true;
    },
    async exists(id) {
      return keptOf(id) !== undefined;
    },
    async open(id, fingerprint) {
      const kept = keptOf(id);
      if (!kept) return undefined;
      const { version, state } = kept;
      const known = fingerprint === undefined ? undefined : kept.fingerprints.get(fingerprint);
      return { version, state, ...(known !== undefined && { known }) };
    },
    async append(id, turn, version) {
      const kept = keptOf(id);
      if (!kept) throw new UnknownConversation(id);
      const known = turn.fingerprint === undefined ? undefined : kept.fingerprints.get(turn.fingerprint);
      if (known !== undefined) return { kind: 'known', first: known };
      if (kept.version !== version) return { kind: 'overtaken' };
      const places = keep(kept, turn);
      listeners.tell({ kind: 'appended', conversationId: id, last: places.last });
      return { kind: 'appended', ...places };
    },
    async read(id, after, limit) {
      const kept = keptOf(id);
      if (!kept) return undefined;
      const { activities } = kept;
      return { activities: activities.slice(after, after + limit), last: activities.length };
    },
    async erase(id) {
      conversations.delete(id);
      listeners.tell({ kind: 'erased', conversationId: id });
    },
    async eraseSilent() {
      for (const kept of conversations.values()) kept.touched = Math.min(kept.touched, now());
      const silent = [...conversations.keys()].filter((id) => !keptOf(id));
      for (const id of silent) conversations.delete(id);
      return silent.length;
    },
    subscribe: listeners.add,
    async check() {},
    async close() {
      conversations.clear();
    },
  };
}
