import { DEFAULT_SILENCE } from './defaults.ts';
import { createListeners } from './listeners.ts';
import { connect, listen, whenReady } from './redisConnection.ts';
import {
  type ConversationStore,
  NewerDatabase,
  type StoreOptions,
  StoreUnavailable,
  type TurnRecord,
  UnknownConversation,
} from './types.ts';

const SCHEMA_KEY = 'chat:schema';
const CHANNEL = 'chat:changes';
/** One step each from an older layout of the keys to the present one. The first layout needed nothing. */
const SCHEMA = 1;

const keysOf = (id: string) => [`chat:{${id}}`, `chat:{${id}}:activities`] as const;
const text = (reply: unknown) => String(reply);
const buffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Keeps conversations in Redis or Valkey, on one server or on a cluster, for any number of instances of this program.
 * Redis ends silent conversations by itself, by its own clock.
 *
 * @param urls of the server, or of some nodes of a cluster with commas between
 * @throws {StoreUnavailable} where there is no answer at the start
 * @throws {NewerDatabase}
 */
export async function createRedisStore(
  urls: string,
  { silence = DEFAULT_SILENCE }: Pick<StoreOptions, 'silence'> = {},
): Promise<ConversationStore> {
  const redis = connect(urls);
  const listeners = createListeners();

  function unavailable(cause: unknown): StoreUnavailable {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new StoreUnavailable(`Redis cannot be used: ${reason}.`, { cause });
  }

  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      // Commands that got no reply would pile up behind a server that hangs: the line is dropped and made anew.
      if (error instanceof Error && error.message === 'Command timed out') redis.disconnect(true);
      throw unavailable(error);
    }
  }

  const argumentsOf = (id: string, { state, fingerprint = '' }: TurnRecord) => [
    silence,
    CHANNEL,
    id,
    buffer(state),
    fingerprint,
  ];

  try {
    await whenReady(redis);
    await redis.set(SCHEMA_KEY, SCHEMA, 'NX');
    const found = Number(await redis.get(SCHEMA_KEY));
    if (found > SCHEMA) {
      throw new NewerDatabase(
        `The data in Redis were written by a newer version (schema ${found}; this one knows ${SCHEMA}). Start the newer version, or use another database number in REDIS_URL.`,
      );
    }
  } catch (error) {
    redis.disconnect();
    throw error instanceof NewerDatabase ? error : unavailable(error);
  }

  const ear = listen(
    urls,
    CHANNEL,
    redis,
    (message) => {
      const [kind, conversationId = '', last] = message.split(' ');
      // An instance of an older version, during an upgrade, does not say how far.
      if (kind === 'appended')
        listeners.tell({
          kind,
          conversationId,
          last: last === undefined ? Number.POSITIVE_INFINITY : Number(last),
        });
      if (kind === 'erased') listeners.tell({ kind, conversationId });
    },
    () => listeners.tell({ kind: 'missed' }),
  );

  return {
    create: (id, turn) =>
      attempt(async () => {
        const activities = turn.activities.map(buffer);
        return (await redis.chatCreateBuffer(...keysOf(id), ...argumentsOf(id, turn), ...activities)) === 1;
      }),
    exists: (id) => attempt(async () => (await redis.exists(...keysOf(id))) > 0),
    open: (id, fingerprint) =>
      attempt(async () => {
        const found = await redis.chatOpenBuffer(...keysOf(id), `f:${fingerprint ?? ''}`);
        if (!found) return undefined;
        const [version, state, known] = found as [Buffer, Buffer, Buffer | null];
        return { version: Number(text(version)), state, ...(known && { known: Number(text(known)) }) };
      }),
    async append(id, turn, version) {
      const activities = turn.activities.map(buffer);
      const [kind, first, last] = await attempt(
        async () =>
          (await redis.chatAppendBuffer(...keysOf(id), ...argumentsOf(id, turn), version, ...activities)) as [
            Buffer,
            number,
            number,
          ],
      );
      switch (text(kind)) {
        case 'appended':
          return { kind: 'appended', first, last };
        case 'known':
          return { kind: 'known', first };
        case 'overtaken':
          return { kind: 'overtaken' };
        default:
          throw new UnknownConversation(id);
      }
    },
    read: (id, after, limit) =>
      attempt(async () => {
        const found = await redis.chatReadBuffer(...keysOf(id), after, limit);
        if (!found) return undefined;
        const [last, entries] = found as [number, [Buffer, [Buffer, Buffer]][]];
        const activities = entries.map(([place, [, sealed]]) => ({
          sequence: Number.parseInt(text(place), 10),
          sealed,
        }));
        return { activities, last };
      }),
    erase: (id) => attempt(async () => void (await redis.chatEraseBuffer(...keysOf(id), CHANNEL, id))),
    eraseSilent: async () => 0,
    subscribe: listeners.add,
    check: () => attempt(async () => void (await redis.get(SCHEMA_KEY))),
    async close() {
      ear.stop();
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}
