import { join } from 'node:path';
import { createRedisInsights } from './redis.ts';
import { createSqliteInsights } from './sqlite.ts';
import type { InsightStore } from './types.ts';

/** Where counts are kept: in memory for tries, in a file, or in Redis for several instances. */
export type InsightChoice =
  | { readonly kind: 'memory' }
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'redis'; readonly urls: string };

/** Counts are kept where the chats are, but apart from them. */
export function insightChoice(
  { STORE, REDIS_URL }: { readonly STORE: InsightChoice['kind']; readonly REDIS_URL: string },
  dataFolder: string,
): InsightChoice {
  switch (STORE) {
    case 'memory':
      return { kind: 'memory' };
    case 'sqlite':
      return { kind: 'sqlite', file: join(dataFolder, 'insights.sqlite') };
    case 'redis':
      return { kind: 'redis', urls: REDIS_URL };
  }
}

/**
 * Opens the counts.
 *
 * @throws {NewerInsights} where the file is of a newer version
 * @throws where Redis does not answer
 */
export async function openInsights(choice: InsightChoice): Promise<InsightStore> {
  switch (choice.kind) {
    case 'memory':
      return createSqliteInsights(':memory:');
    case 'sqlite':
      return createSqliteInsights(choice.file);
    case 'redis':
      return createRedisInsights(choice.urls);
  }
}
