export { createMemoryStore } from './memory.ts';
export { BrokenSeal, fingerprint, newKey, seal, unseal } from './seal.ts';
export { createSqliteStore, NewerDatabase } from './sqlite.ts';
export * from './types.ts';
