import { addOwn, mark, merge, type Shown, unsent } from './conversation.ts';
import { createLine, type Line, type LineStatus } from './line.ts';
import type { Opening } from './opening.ts';
import { createOutbox } from './outbox.ts';
import type { Sessions } from './session.ts';
import type { Transport } from './transport.ts';

/** What the window shows of the conversation. */
export interface ChatState {
  readonly status: LineStatus;
  readonly shown: readonly Shown[];
}

/** The conversation of this window, whatever happens to the line. */
export interface Chat {
  open(): void;
  send(text: string): void;
  /** Tries at once to send what could not be sent. */
  resend(key: string): void;
  /** @param key of the message that helped or not: it is told once, also over a reload */
  feedback(key: string, answer: string, helpful: boolean): void;
  /** Goes on in another language; where nothing was said yet, from the welcome on. */
  speak(locale: string): void;
  /** Begins another conversation after one that ended. What was not sent yet is sent there. */
  again(): void;
  /** Erases everything and begins anew. False where the server could not be told: it forgets by itself. */
  clear(): Promise<boolean>;
  /** Erases everything, without looking back. */
  leave(): void;
  close(): void;
}

export interface ChatDeps {
  readonly locale: string;
  readonly openings: readonly Opening[];
  readonly transport: Transport;
  readonly sessions: Sessions;
  readonly newId: () => string;
  readonly onChange: (state: ChatState) => void;
}

const ERASE_WITHIN = 5000;

export function createChat(deps: ChatDeps): Chat {
  const { transport, sessions, newId, onChange } = deps;
  let { locale, openings } = deps;
  let state: ChatState = { status: 'connecting', shown: [] };
  let line = newLine();

  const outbox = createOutbox(
    (id, activity) => line.post(id, activity),
    (id, delivery) => {
      if (delivery === 'sent' && openings.some((opening) => opening.id === id)) sessions.note(id);
      change({ shown: mark(state.shown, id, delivery) });
    },
  );

  function change(next: Partial<ChatState>): void {
    state = { ...state, ...next };
    onChange(state);
  }

  function newLine(): Line {
    const fresh: Line = createLine({
      locale,
      transport,
      sessions,
      onActivities: (activities) => {
        if (fresh === line) change({ shown: merge(state.shown, activities) });
      },
      onStatus: (status) => {
        if (fresh !== line) return;
        const before = state.status;
        change({ status });
        if (status !== 'online' || before === 'online') return;
        open();
        outbox.flush();
      },
    });
    return fresh;
  }

  /** Says what the link wanted said. */
  function open(): void {
    for (const { id, activity } of openings.filter((opening) => !sessions.noted(opening.id))) {
      if (activity.type === 'message') change({ shown: addOwn(state.shown, id, activity.text) });
      outbox.add(id, activity);
    }
  }

  function restart(shown: readonly Shown[]): void {
    line = newLine();
    change({ status: 'connecting', shown });
    line.open();
  }

  function again(): void {
    outbox.keepMessages();
    line.close();
    restart(unsent(state.shown));
  }

  return {
    open: () => line.open(),
    send(text) {
      const key = newId();
      change({ shown: addOwn(state.shown, key, text) });
      outbox.add(key, { type: 'message', text, locale });
    },
    resend(key) {
      if (state.status === 'ended') return again();
      const message = state.shown.find((one) => one.key === key);
      if (message) outbox.add(key, { type: 'message', text: message.text, locale });
    },
    feedback(key, answer, helpful) {
      outbox.add(`feedback:${key}`, { type: 'event', name: 'feedback', value: { answer, helpful }, locale });
    },
    speak(next) {
      if (next === locale) return;
      locale = next;
      if (state.status === 'ended') return;
      if (state.shown.some(({ mine }) => mine)) {
        outbox.add(newId(), { type: 'event', name: 'language', value: { locale }, locale });
        return;
      }
      void line.erase().catch(() => undefined);
      restart([]);
    },
    again,
    async clear() {
      outbox.clear();
      openings = [];
      const erased = line.erase().then(
        () => true,
        () => false,
      );
      const late = new Promise<boolean>((resolve) => setTimeout(resolve, ERASE_WITHIN, false));
      restart([]);
      return Promise.race([erased, late]);
    },
    leave() {
      outbox.clear();
      change({ shown: [] });
      void line.erase().catch(() => undefined);
    },
    close() {
      outbox.clear();
      line.close();
    },
  };
}
