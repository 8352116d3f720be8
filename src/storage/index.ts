export { createMemoryStore } from './memory.ts';
export { openStore, type StoreChoice } from './open.ts';
export { createRedisStore } from './redis.ts';
export { type Connection, connect, whenReady } from './redisConnection.ts';
export { BrokenSeal, fingerprint, KEY_BYTES, newKey, seal, unseal } from './seal.ts';
export { createSqliteStore } from './sqlite.ts';
export * from './types.ts';
