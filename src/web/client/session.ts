/** What lets the window come back to its conversation after a reload. */
export interface Session {
  readonly conversationId: string;
  readonly token: string;
}

/** Keeps the session of this tab. */
export interface Sessions {
  load(): Session | undefined;
  save(session: Session): void;
  /** Notes that something was done in this conversation, so that a reload does not do it again. */
  note(what: string): void;
  noted(what: string): boolean;
  clear(): void;
}

const SESSION = 'chat-session';
const NOTES = 'chat-notes';

/** The session's storage of this tab only: it goes with the tab. Without it the chat works, and ends at a reload. */
export const tabSessions: Sessions = {
  load: () => read<Session>(SESSION),
  save: (session) => write(SESSION, session),
  note: (what) => write(NOTES, [...(read<string[]>(NOTES) ?? []), what]),
  noted: (what) => read<string[]>(NOTES)?.includes(what) ?? false,
  clear() {
    write(SESSION, undefined);
    write(NOTES, undefined);
  },
};

function read<T>(key: string): T | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? 'null') as T | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is off in this browser.
  }
}
