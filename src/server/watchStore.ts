import type { ConversationStore } from '../storage/index.ts';

/** One operation of the store: when it began and how long it took, in milliseconds of the clock given. */
export interface StoreOperation {
  readonly operation: string;
  readonly startedAt: number;
  readonly took: number;
  readonly failed: boolean;
}

/** The same store, telling about each of its operations, whatever they are; never what was kept in them. */
export function watchStore<Store extends ConversationStore>(
  store: Store,
  clock: () => number,
  tell: (done: StoreOperation) => void,
): Store {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => {
        const startedAt = clock();
        const result: unknown = method.apply(target, args);
        if (!(result instanceof Promise)) return result;
        const done = (failed: boolean) =>
          tell({ operation: String(name), startedAt, took: clock() - startedAt, failed });
        result.then(
          () => done(false),
          () => done(true),
        );
        return result;
      };
    },
  });
}
