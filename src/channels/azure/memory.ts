import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { type ConversationStore, fingerprint, seal, type TurnRecord, unseal } from '../../storage/index.ts';

/** What is known of a conversation before a turn. */
export interface Recalled {
  /** This message was handled before: the service sends again what was not answered in time. */
  readonly isHandled: boolean;
  /** Undefined where nothing is remembered. */
  readonly state: unknown;
  /** Keeps the state after the turn. */
  keep(state: unknown): Promise<void>;
}

/** What the bot remembers of a conversation between two turns. */
export type Recall = (conversation: string, messageId: string | undefined) => Promise<Recalled>;

const KEY_BYTES = 32;
const HASH = 'sha256';

/** Name and key of a conversation in the store, by which nobody finds it without the server's secret. */
function placeOf(secret: string, conversation: string): { readonly id: string; readonly key: KeyObject } {
  const derive = (what: string) => Buffer.from(hkdfSync(HASH, secret, what, conversation, KEY_BYTES));
  return {
    id: `azure-${derive('azure conversation id').toString('base64url')}`,
    key: createSecretKey(derive('azure conversation key')),
  };
}

/**
 * The bot's memory in the common store, erased after silence like any chat. Here the visitor holds no token, so the key
 * comes from the server's secret: who has both the secret and the database reads the closed values of the state (topic,
 * language, role), never a message, since none is kept.
 */
export function createMemory(store: ConversationStore, secret: string): Recall {
  return async (conversation, messageId) => {
    const { id, key } = placeOf(secret, conversation);
    const print = messageId === undefined ? undefined : fingerprint(messageId, key);
    const before = await store.open(id, print);
    return {
      isHandled: before?.known !== undefined,
      state: before && unseal(before.state, key, id),
      async keep(state) {
        const turn: TurnRecord = {
          // No message: a mark that something was handled, so that it is not handled twice.
          activities: [seal({}, key, id)],
          state: seal(state, key, id),
          ...(print !== undefined && { fingerprint: print }),
        };
        // Another instance may have kept a turn meanwhile. Its state stands then: this reply was sent already.
        if (before) await store.append(id, turn, before.version);
        else await store.create(id, turn);
      },
    };
  };
}
