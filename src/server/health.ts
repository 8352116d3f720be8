import type { FastifyInstance } from 'fastify';
import type { Knowledge } from '../knowledge/index.ts';
import type { KnowledgeStatus } from '../live/index.ts';
import type { ConversationStore } from '../storage/index.ts';

/** State of one part. `degraded`: it works, but somebody should look. */
export type PartState = 'ok' | 'degraded' | 'failed';

/** One part that is asked how it is. Must not throw, and may say nothing about anybody. */
export interface HealthCheck {
  readonly name: string;
  readonly check: () => Promise<PartState> | PartState;
}

/** A part that has not answered by then has failed, in milliseconds. */
const PATIENCE = 2000;

/** Does the store answer? */
export function storeCheck(store: Pick<ConversationStore, 'check'>): HealthCheck {
  return { name: 'store', check: () => store.check().then(() => 'ok') };
}

/** Is there anything to say, and are the newest files in use? */
export function knowledgeCheck(knowledge: () => Knowledge, status?: () => KnowledgeStatus): HealthCheck {
  return {
    name: 'knowledge',
    check: () => {
      if (Object.keys(knowledge().answers).length === 0) return 'failed';
      return status?.().state === 'broken' ? 'degraded' : 'ok';
    },
  };
}

async function stateOf({ check }: HealthCheck): Promise<PartState> {
  const { promise: late, resolve } = Promise.withResolvers<PartState>();
  const timer = setTimeout(resolve, PATIENCE, 'failed');
  try {
    return await Promise.race([Promise.resolve().then(check), late]);
  } catch {
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}

export interface Health {
  readonly status: PartState;
  readonly parts: Readonly<Record<string, PartState>>;
}

async function ask(checks: readonly HealthCheck[]): Promise<Health> {
  const states = await Promise.all(checks.map(async (check) => [check.name, await stateOf(check)] as const));
  const parts = Object.fromEntries(states);
  const worst = (['failed', 'degraded'] as const).find((state) => Object.values(parts).includes(state));
  return { status: worst ?? 'ok', parts };
}

/**
 * `/health/live`: the process answers (restart it when it does not). `/health/ready`: it can serve visitors (send it
 * none while this says 503). `/health`: the same for people, always 200 while anything answers; `?lang=nl` in Dutch.
 *
 * @param details what people may want to know more, in one of the languages wanted
 */
export function registerHealth(
  server: FastifyInstance,
  checks: readonly HealthCheck[],
  details?: (languages: readonly string[]) => object,
): void {
  server.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/health')) reply.header('cache-control', 'no-store');
  });
  server.get('/health/live', async () => ({ status: 'ok' }));
  server.get<{ Querystring: { lang?: string | string[] } }>('/health', async (request) => ({
    ...(await ask(checks)),
    ...details?.([request.query.lang ?? []].flat()),
  }));
  server.get('/health/ready', async (_request, reply) => {
    const health = await ask(checks);
    if (health.status === 'failed') reply.code(503).header('retry-after', '5');
    return health;
  });
}
