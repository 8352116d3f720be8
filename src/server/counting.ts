import type { FastifyInstance } from 'fastify';
import type { Observe } from '../bot/index.ts';
import type { Brain } from '../brain.ts';
import { createRecorder, type InsightStore, registerInsights } from '../insights/index.ts';
import type { Staff } from '../staff/index.ts';

export interface CountingDeps {
  readonly brain: Brain;
  readonly staff: Staff;
  readonly store: InsightStore;
  /** The folder that holds `knowledge/`. */
  readonly root: string;
  readonly publicUrl: string | undefined;
  readonly now: () => number;
}

/** Counts for staff, and shows them. Returns what is to be told of every turn; the store is closed with the server. */
export async function registerCounting(
  server: FastifyInstance,
  { brain, staff, store, root, publicUrl, now }: CountingDeps,
): Promise<Observe> {
  const recorder = createRecorder({
    brain,
    store,
    now,
    onError: (reason) => server.log.error({ reason }, 'counts could not be kept; they are tried again'),
  });
  server.addHook('onClose', () => recorder.close());
  await registerInsights(server, { staff, brain, store, now, root, ...(publicUrl && { publicUrl }) });
  return recorder.observe;
}
