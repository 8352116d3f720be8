import type { FastifyInstance } from 'fastify';
import type { ConversationStore } from '../storage/index.ts';

/** Milliseconds. */
const SWEEP_EVERY = 30_000;
const HANG_UP_EVERY = 50;

/** Erases silent conversations, now and then; hangs up idle connections while the server closes. */
export async function keepUp(server: FastifyInstance, store: ConversationStore): Promise<void> {
  const sweep = async () => {
    try {
      await store.eraseSilent();
    } catch (error) {
      server.log.error({ err: error }, 'silent conversations could not be erased');
    }
  };
  await sweep();
  const sweeper = setInterval(sweep, SWEEP_EVERY);
  server.addHook('preClose', async () => {
    clearInterval(sweeper);
    // A connection whose last request was under way is kept open for the next one, which this server will not answer.
    const hangUp = setInterval(() => server.server.closeIdleConnections(), HANG_UP_EVERY);
    server.server.once('close', () => clearInterval(hangUp));
  });
}
