import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Brain, createBrain } from '../src/brain.ts';
import { readConfig } from '../src/config.ts';
import { type Knowledge, loadKnowledge } from '../src/knowledge/index.ts';
import { loadModel } from '../src/learning/index.ts';
import { createServer, type ServerDeps } from '../src/server/index.ts';
import { type ConversationStore, createMemoryStore } from '../src/storage/index.ts';

export const ROOT = join(import.meta.dirname, '..');
/** A present time that does not move: "last year" is 2025. */
export const NOW = new Date('2026-11-24T12:00:00Z');

let shared: Promise<Brain> | undefined;

async function open(): Promise<Brain> {
  const loaded = await loadKnowledge(ROOT);
  if (!loaded.ok)
    throw new Error(loaded.problems.map(({ file, message }) => `${file}: ${message}`).join('\n'));
  const model = await loadModel(loaded.knowledge, join(ROOT, '.cache'));
  return createBrain(loaded.knowledge, model, {
    sessionMinutes: 30,
    now: () => NOW,
    clock: () => performance.now(),
  });
}

/** The bot with the shipped knowledge. */
export function openBrain(): Promise<Brain> {
  shared ??= open();
  return shared;
}

export async function openKnowledge(): Promise<Knowledge> {
  return (await openBrain()).knowledge;
}

export interface RunningServer {
  readonly server: FastifyInstance;
  readonly url: string;
  readonly store: ConversationStore;
}

/** Tests come from one address, and ask faster than people. */
export const WITHOUT_LIMITS = {
  RATE_LIMIT: '1000000',
  VISITOR_RATE_LIMIT: '1000000',
  CONVERSATIONS_PER_ADDRESS: '1000000',
  SOCKETS_PER_ADDRESS: '1000000',
  MAX_SOCKETS: '1000000',
};

/** A real server on a free port (or, for one that starts again, the same), with a store in memory unless another is given. */
export async function startServer(
  environment: Record<string, string> = {},
  overrides: Partial<
    Pick<
      ServerDeps,
      'brain' | 'store' | 'now' | 'root' | 'dataFolder' | 'logStream' | 'insights' | 'onKnowledge'
    >
  > & {
    readonly port?: number;
    /** Adds routes before the server listens. */
    readonly prepare?: (server: FastifyInstance) => void;
  } = {},
): Promise<RunningServer> {
  const store = overrides.store ?? createMemoryStore();
  const server = await createServer({
    brain: overrides.brain ?? (await openBrain()),
    config: readConfig({ LOG_LEVEL: 'silent', ...WITHOUT_LIMITS, ...environment }),
    store,
    tokenSecret: 'a secret for tests only, long enough',
    root: overrides.root ?? ROOT,
    dataFolder: overrides.dataFolder ?? join(tmpdir(), 'chatbot-without-staff'),
    pageFolder: join(ROOT, 'dist', 'web'),
    now: overrides.now ?? Date.now,
    ...(overrides.insights && { insights: overrides.insights }),
    ...(overrides.logStream && { logStream: overrides.logStream }),
    ...(overrides.onKnowledge && { onKnowledge: overrides.onKnowledge }),
  });
  overrides.prepare?.(server);
  const url = await server.listen({ port: overrides.port ?? 0, host: '127.0.0.1' });
  return { server, url: url.replace('127.0.0.1', 'localhost'), store };
}
