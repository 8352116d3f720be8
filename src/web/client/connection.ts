import type { Activity, ActivitySet, Opened } from './protocol.ts';

/** How the line stands: `ended` means that the conversation is gone and a new one must be started. */
export type LineStatus = 'connecting' | 'online' | 'offline' | 'ended';

export interface LineEvents {
  readonly onActivities: (activities: readonly Activity[]) => void;
  readonly onStatus: (status: LineStatus) => void;
}

/** One conversation over Direct Line: WebSocket first, polling where that fails, watermark across both. */
export interface Line {
  open(): Promise<void>;
  /** @throws when the message was not accepted; sending it again with the same id is safe */
  send(
    activity: Omit<Activity, 'from'> & { readonly name?: string; readonly value?: unknown },
  ): Promise<void>;
  /** Erases the conversation on the server too. */
  erase(): Promise<void>;
  close(): void;
}

const BASE = '/v3/directline';
const STORED = 'chat-session';
const FIRST_RETRY = 500;
const LONGEST_RETRY = 15_000;
const POLL_EVERY = 1500;
/** Streams that break this often in a row are given up for polling. */
const STREAM_TRIES = 3;
const REFRESH_EVERY = 10 * 60 * 1000;
const GONE = new Set([401, 403, 404]);

class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The server answered ${status}.`);
    this.status = status;
  }
}

interface Session {
  readonly conversationId: string;
  readonly token: string;
}

/** The session's token lives in this tab only, and goes with it. */
function stored(): Session | undefined {
  try {
    const text = sessionStorage.getItem(STORED);
    return text ? (JSON.parse(text) as Session) : undefined;
  } catch {
    return undefined;
  }
}

function store(session: Session | undefined): void {
  try {
    if (session) sessionStorage.setItem(STORED, JSON.stringify(session));
    else sessionStorage.removeItem(STORED);
  } catch {
    // Storage is off in this browser: the chat works, and does not survive a reload.
  }
}

export function createLine(locale: string, { onActivities, onStatus }: LineEvents): Line {
  let session = stored();
  let watermark: string | undefined;
  let socket: WebSocket | undefined;
  let failures = 0;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refresher: ReturnType<typeof setInterval> | undefined;

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(BASE + path, {
      method,
      headers: {
        ...(session && { authorization: `Bearer ${session.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      cache: 'no-store',
    });
    if (!response.ok) throw new Refused(response.status);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  function take(set: ActivitySet): void {
    if (set.watermark !== undefined) watermark = set.watermark;
    if (set.activities.length > 0) onActivities(set.activities);
  }

  function end(): void {
    store(undefined);
    session = undefined;
    onStatus('ended');
  }

  function retry(): void {
    if (closed) return;
    onStatus('offline');
    clearTimeout(timer);
    timer = setTimeout(connect, Math.min(FIRST_RETRY * 2 ** failures, LONGEST_RETRY));
    failures++;
  }

  function failed(error: unknown): void {
    if (error instanceof Refused && GONE.has(error.status)) end();
    else retry();
  }

  /** Begins a conversation, or comes back to it from the watermark on. */
  async function connect(): Promise<void> {
    if (closed) return;
    try {
      if (!session) {
        listen(await call<Opened>('POST', '/conversations', { locale }));
        return;
      }
      const from = watermark === undefined ? '' : `?watermark=${watermark}`;
      listen(await call<Opened>('GET', `/conversations/${session.conversationId}${from}`));
    } catch (error) {
      failed(error);
    }
  }

  function listen(opened: Opened): void {
    session = { conversationId: opened.conversationId, token: opened.token };
    store(session);
    if (failures >= STREAM_TRIES) {
      void poll();
      return;
    }
    let heard = false;
    socket = new WebSocket(opened.streamUrl);
    socket.onopen = () => onStatus('online');
    socket.onmessage = ({ data }) => {
      heard = true;
      failures = 0;
      // Empty frames only keep the stream alive.
      if (data !== '') take(JSON.parse(data) as ActivitySet);
    };
    socket.onclose = () => {
      if (heard) failures = 0;
      retry();
    };
  }

  async function poll(): Promise<void> {
    if (closed || !session) return;
    try {
      take(
        await call<ActivitySet>(
          'GET',
          `/conversations/${session.conversationId}/activities?watermark=${watermark ?? ''}`,
        ),
      );
      onStatus('online');
      timer = setTimeout(poll, POLL_EVERY);
    } catch (error) {
      failed(error);
    }
  }

  function wakeUp(): void {
    if (closed || !session || socket?.readyState === WebSocket.OPEN) return;
    failures = 0;
    clearTimeout(timer);
    void connect();
  }

  return {
    async open() {
      onStatus('connecting');
      addEventListener('online', wakeUp);
      document.addEventListener('visibilitychange', wakeUp);
      refresher = setInterval(() => {
        void call<Session>('POST', '/tokens/refresh')
          .then((fresh) => {
            session = { conversationId: fresh.conversationId, token: fresh.token };
            store(session);
          })
          .catch(() => undefined);
      }, REFRESH_EVERY);
      await connect();
    },
    async send(activity) {
      if (!session) throw new Refused(0);
      try {
        await call('POST', `/conversations/${session.conversationId}/activities`, {
          ...activity,
          from: { id: 'visitor' },
        });
      } catch (error) {
        if (error instanceof Refused && GONE.has(error.status)) end();
        throw error;
      }
    },
    async erase() {
      const gone = session;
      closed = true;
      socket?.close();
      try {
        if (gone) await call('DELETE', `/conversations/${gone.conversationId}`);
      } finally {
        store(undefined);
        session = undefined;
      }
    },
    close() {
      closed = true;
      clearTimeout(timer);
      clearInterval(refresher);
      removeEventListener('online', wakeUp);
      document.removeEventListener('visibilitychange', wakeUp);
      socket?.close();
    },
  };
}
