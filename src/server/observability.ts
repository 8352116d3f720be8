import type { FastifyInstance } from 'fastify';
import type { Observe } from '../bot/index.ts';
import type { Config } from '../config.ts';
import type { KnowledgeStatus } from '../live/index.ts';
import type { ConversationStore } from '../storage/index.ts';
import { type StoreOperation, watchStore } from './watchStore.ts';

/** Something that watches the server at work: metrics, traces. */
export interface Watcher {
  readonly observe: Observe;
  readonly onStore: (done: StoreOperation) => void;
  /** Changed files were taken into use, or refused. */
  readonly onReload?: (state: KnowledgeStatus['state']) => void;
  /** Adds its hooks and routes. Before the channels do: hooks see only routes that are added after them. */
  register(server: FastifyInstance, openStreams: () => number): void;
}

export interface Observability {
  readonly watchers: readonly Watcher[];
  /** The store, watched by those who watch. */
  watch(store: ConversationStore): ConversationStore;
}

/** The watchers that the configuration asks for; a library is loaded only where its watcher is. */
export async function createObservability(
  config: Pick<Config, 'METRICS_TOKEN' | 'OTEL_EXPORTER_OTLP_ENDPOINT'>,
): Promise<Observability> {
  const watchers: Watcher[] = [];
  if (config.METRICS_TOKEN !== undefined) {
    const { createMetrics } = await import('./metrics.ts');
    watchers.push(createMetrics(config.METRICS_TOKEN));
  }
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) {
    const { createTracing } = await import('./tracing.ts');
    watchers.push(createTracing(config.OTEL_EXPORTER_OTLP_ENDPOINT));
  }
  return {
    watchers,
    watch(store) {
      if (watchers.length === 0) return store;
      return watchStore(
        store,
        () => performance.now(),
        (done) => {
          for (const { onStore } of watchers) onStore(done);
        },
      );
    },
  };
}
