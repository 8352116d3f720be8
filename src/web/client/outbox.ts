import type { Outgoing } from './protocol.ts';
import { Refused } from './transport.ts';

export type Delivery = 'sending' | 'sent' | 'failed';

/** What was not accepted yet, in the order in which it was written: one after the other, each until it is accepted. */
export interface Outbox {
  add(id: string, activity: Outgoing): void;
  /** Tries again at once. */
  flush(): void;
  /** Forgets events, which belong to a conversation that is gone; what the person wrote stays. */
  keepMessages(): void;
  clear(): void;
}

const FIRST_RETRY = 2000;
const LONGEST_RETRY = 30_000;
/** Refusals that another try cannot change. */
const isFinal = (error: unknown) =>
  error instanceof Refused &&
  error.status >= 400 &&
  error.status < 500 &&
  ![401, 403, 404, 408, 429].includes(error.status);

/**
 * @param post throws where an item was not accepted; the same id twice is safe
 * @param onDelivery told how each item fares; after `failed` it is tried again until it is accepted
 */
export function createOutbox(
  post: (id: string, activity: Outgoing) => Promise<void>,
  onDelivery: (id: string, delivery: Delivery) => void,
): Outbox {
  let waiting: readonly { readonly id: string; readonly activity: Outgoing }[] = [];
  let busy = false;
  let again = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const drop = (id: string) => {
    waiting = waiting.filter((item) => item.id !== id);
  };

  async function run(): Promise<void> {
    clearTimeout(timer);
    again = false;
    for (let item = waiting[0]; item; item = waiting[0]) {
      const { id, activity } = item;
      onDelivery(id, 'sending');
      try {
        await post(id, activity);
        failures = 0;
        // It may have been cleared meanwhile: then it is nobody's any more.
        if (waiting.includes(item)) onDelivery(id, 'sent');
        drop(id);
      } catch (error) {
        if (isFinal(error)) {
          drop(id);
          onDelivery(id, 'failed');
          continue;
        }
        for (const { id: late } of waiting) onDelivery(late, 'failed');
        const wait = Math.min(FIRST_RETRY * 2 ** failures++, LONGEST_RETRY);
        if (waiting.length > 0)
          timer = setTimeout(flush, Math.max(wait, error instanceof Refused ? error.retryAfter : 0));
        return;
      }
    }
  }

  function flush(): void {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    void run().finally(() => {
      busy = false;
      if (again) flush();
    });
  }

  return {
    add(id, activity) {
      if (!waiting.some((item) => item.id === id)) waiting = [...waiting, { id, activity }];
      flush();
    },
    flush,
    keepMessages() {
      waiting = waiting.filter(({ activity }) => activity.type === 'message');
    },
    clear() {
      waiting = [];
      clearTimeout(timer);
    },
  };
}
