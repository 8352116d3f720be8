import type { StoreChange } from './types.ts';

export type Listener = (change: StoreChange) => void;

/** Those who want to hear of changes. */
export interface Listeners {
  add(listener: Listener): void;
  tell(change: StoreChange): void;
}

export function createListeners(): Listeners {
  const listeners: Listener[] = [];
  return {
    add: (listener) => void listeners.push(listener),
    tell(change) {
      for (const listener of listeners) listener(change);
    },
  };
}
