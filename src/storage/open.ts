import { createMemoryStore } from './memory.ts';
import { createRedisStore } from './redis.ts';
import { createSqliteStore } from './sqlite.ts';
import type { ConversationStore, StoreOptions } from './types.ts';

/** Which store, and where it is. */
export type StoreChoice =
  | { readonly kind: 'memory' }
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'redis'; readonly urls: string };

/**
 * Opens a store.
 *
 * @throws {NewerDatabase} where its data are of a newer version
 * @throws {StoreUnavailable} where it does not answer
 */
export async function openStore(choice: StoreChoice, options: StoreOptions): Promise<ConversationStore> {
  switch (choice.kind) {
    case 'memory':
      return createMemoryStore(options);
    case 'sqlite':
      return createSqliteStore(choice.file, options);
    case 'redis':
      return createRedisStore(choice.urls, options);
  }
}
