import { hkdfSync } from 'node:crypto';
import {
  type ConversationStore,
  fingerprint,
  seal,
  UnknownConversation,
  unseal,
} from '../../storage/index.ts';

/** What the bot remembers of a conversation between two turns. */
export interface Memory {
  /** Undefined where nothing is remembered. */
  read(conversation: string): Promise<unknown>;
  /** True where this message was handled before: the service sends again what was not answered in time. */
  isKnown(conversation: string, messageId: string | undefined): Promise<boolean>;
  keep(conversation: string, messageId: string | undefined, state: unknown): Promise<void>;
}

const KEY_BYTES = 32;
const HASH = 'sha256';

/** Name and key of a conversation in the store, by which nobody finds it without the server's secret. */
function placeOf(secret: string, conversation: string): { readonly id: string; readonly key: Buffer } {
  const derive = (what: string) => Buffer.from(hkdfSync(HASH, secret, what, conversation, KEY_BYTES));
  return {
    id: `azure-${derive('azure conversation id').toString('base64url')}`,
    key: derive('azure conversation key'),
  };
}

/**
 * The bot's memory in the common store, erased after silence like any chat. Here the visitor holds no token, so the key
 * comes from the server's secret: who has both the secret and the database reads the closed values of the state (topic,
 * language, role), never a message, since none is kept.
 */
export function createMemory(store: ConversationStore, secret: string, now: () => number): Memory {
  return {
    async read(conversation) {
      const { id, key } = placeOf(secret, conversation);
      const sealed = await store.state(id);
      return sealed && unseal(sealed, key, id);
    },
    async isKnown(conversation, messageId) {
      if (messageId === undefined) return false;
      const { id, key } = placeOf(secret, conversation);
      return (await store.find(id, fingerprint(messageId, key))) !== undefined;
    },
    async keep(conversation, messageId, state) {
      const { id, key } = placeOf(secret, conversation);
      const turn = {
        // No message: a mark that something was handled, so that it is not handled twice.
        activities: [seal({}, key, id)],
        state: seal(state, key, id),
        ...(messageId !== undefined && { fingerprint: fingerprint(messageId, key) }),
      };
      try {
        await store.append(id, turn, now());
      } catch (error) {
        if (!(error instanceof UnknownConversation)) throw error;
        await store.create(id, now());
        await store.append(id, turn, now());
      }
    },
  };
}
