import type { Activity, ActivitySet, Opened, Outgoing } from './protocol.ts';
import type { Session, Sessions } from './session.ts';
import { CONVERSATIONS, Refused, type Stream, type Transport } from './transport.ts';

/** Whether the server can be reached. `ended`: the conversation is gone, and a new one must be started. */
export type LineStatus = 'connecting' | 'online' | 'offline' | 'ended';

/** One conversation over Direct Line: WebSocket first, polling where that fails, one watermark across both. */
export interface Line {
  open(): void;
  /** @throws where it was not accepted; sending it again with the same id is safe */
  post(id: string, activity: Outgoing): Promise<void>;
  /** Hangs up, and erases the conversation on the server too. @throws where the server could not be reached */
  erase(): Promise<void>;
  close(): void;
}

export interface LineDeps {
  readonly locale: string;
  readonly transport: Transport;
  readonly sessions: Sessions;
  readonly onActivities: (activities: readonly Activity[]) => void;
  readonly onStatus: (status: LineStatus) => void;
}

const FIRST_RETRY = 500;
const LONGEST_RETRY = 15_000;
/** Streams that break this often without a word are given up for polling. */
const STREAM_TRIES = 2;
const POLL_EVERY = 1500;
/** After so many polls the stream is tried again. */
const POLLS = 40;
const STREAM_MUST_SPEAK = 8000;
/** The server speaks every 20 seconds; a stream that is silent for longer is dead. */
const SILENCE = 45_000;
/** A reply that took longer is looked for, should the stream have died unseen. */
const REPLY_EXPECTED = 3000;
const REFRESH_RETRY = 30_000;
const REFRESH_AT = 0.5;
const SECOND = 1000;

/** How long to wait after so many failures in a row (milliseconds), not all clients at the same time. */
export function retryDelay(failures: number, random: number): number {
  return Math.min(FIRST_RETRY * 2 ** failures, LONGEST_RETRY) * (0.5 + random / 2);
}

/** True for answers that mean: this conversation is not there any more, or not for us. */
export function isGone(error: unknown): boolean {
  return error instanceof Refused && [401, 403, 404].includes(error.status);
}

/**
 * One loop does one thing at a time: come back, listen until the line breaks, wait. Whatever happens meanwhile
 * (waking up, hanging up) only cuts the present step short, so that there are never two streams.
 */
export function createLine({ locale, transport, sessions, onActivities, onStatus }: LineDeps): Line {
  let session: Session | undefined;
  let watermark: string | undefined;
  let closed = false;
  let failures = 0;
  let heardAt = 0;
  let stream: Stream | undefined;
  let isConnected = false;
  let endPause = (): void => undefined;
  let unwatch = (): void => undefined;
  let refresher: ReturnType<typeof setTimeout> | undefined;

  function take({ activities = [], watermark: next }: Partial<ActivitySet>): void {
    if (closed) return;
    // A request may be overtaken by the stream: what was read further stays.
    if (next !== undefined && !(Number(next) < Number(watermark ?? 0))) watermark = next;
    if (activities.length > 0) onActivities(activities);
  }

  function keep({ conversationId, token, expires_in }: Opened): void {
    if (closed) return;
    session = { conversationId, token };
    sessions.save(session);
    clearTimeout(refresher);
    refresher = setTimeout(refresh, expires_in * SECOND * REFRESH_AT);
  }

  async function refresh(): Promise<void> {
    if (!session) return;
    try {
      keep(await transport.request<Opened>('POST', '/tokens/refresh', { token: session.token }));
    } catch {
      // Whether the conversation is gone is found out by the next step; a network may come back before that.
      if (!closed) refresher = setTimeout(refresh, REFRESH_RETRY);
    }
  }

  function hangUp(): void {
    closed = true;
    clearTimeout(refresher);
    unwatch();
    stream?.close();
    endPause();
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Begins a conversation, or comes back to it from the watermark on. */
  async function begin(): Promise<Opened> {
    session ??= sessions.load();
    if (!session) return transport.request<Opened>('POST', CONVERSATIONS, { body: { locale } });
    // What was said before a reload comes sooner when it is asked for at the same time.
    if (watermark === undefined) void read().catch(() => undefined);
    const { conversationId, token } = session;
    const from = watermark === undefined ? '' : `?watermark=${watermark}`;
    return transport.request<Opened>('GET', `/conversations/${conversationId}${from}`, { token });
  }

  async function read(): Promise<void> {
    if (!session) return;
    const { conversationId, token } = session;
    const path = `/conversations/${conversationId}/activities?watermark=${watermark ?? ''}`;
    take(await transport.request<ActivitySet>('GET', path, { token }));
  }

  /** Listens to the stream until it breaks. True where it said anything, as one from the start must do soon. */
  function listen(url: string, isFromStart: boolean): Promise<boolean> {
    return new Promise((resolve) => {
      let heard = false;
      let watchdog: ReturnType<typeof setTimeout> | undefined;
      const expectWithin = (milliseconds: number) => {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => opened.close(), milliseconds);
      };
      const opened = transport.stream(url, {
        onOpen() {
          isConnected = true;
        },
        onFrame(text) {
          heard = true;
          heardAt = Date.now();
          expectWithin(SILENCE);
          // Empty frames only keep the stream alive.
          if (text !== '') take(JSON.parse(text) as ActivitySet);
        },
        onClose() {
          clearTimeout(watchdog);
          stream = undefined;
          isConnected = false;
          resolve(heard);
        },
      });
      stream = opened;
      // A stream from a watermark may have nothing to say until the server's next sign of life.
      expectWithin(isFromStart ? STREAM_MUST_SPEAK : SILENCE);
    });
  }

  async function poll(): Promise<void> {
    for (let i = 0; i < POLLS && !closed; i++) {
      await read();
      onStatus('online');
      await pause(POLL_EVERY);
    }
  }

  /** Comes back to the conversation and stays with it until the line breaks. Returns how long to wait at least. */
  async function step(): Promise<number> {
    try {
      const isFromStart = watermark === undefined;
      const opened = await begin();
      if (closed) return 0;
      keep(opened);
      // The stream connects while the welcome is drawn.
      const listening = failures < STREAM_TRIES && listen(opened.streamUrl, isFromStart);
      take(opened);
      onStatus('online');
      if (listening) {
        failures = (await listening) ? 0 : failures + 1;
      } else {
        await poll();
        failures = STREAM_TRIES - 1;
      }
      return 0;
    } catch (error) {
      if (closed) return 0;
      if (session && isGone(error)) return lose();
      if (error instanceof Refused && error.status === 400) watermark = undefined;
      failures++;
      onStatus('offline');
      return error instanceof Refused ? error.retryAfter : 0;
    }
  }

  /** The conversation is gone. Where nothing of it is on the screen yet, another one is begun without a word. */
  function lose(): number {
    sessions.clear();
    session = undefined;
    if (watermark === undefined) return 0;
    hangUp();
    onStatus('ended');
    return 0;
  }

  async function run(): Promise<void> {
    while (!closed) {
      const atLeast = await step();
      if (!closed) await pause(Math.max(atLeast, retryDelay(failures, Math.random())));
    }
  }

  /** Looks for the connection at once instead of waiting for the next turn. */
  function wake(): void {
    failures = 0;
    stream?.close();
    endPause();
  }

  return {
    open() {
      onStatus('connecting');
      unwatch = transport.watch({
        onOnline: wake,
        onOffline() {
          onStatus('offline');
          stream?.close();
        },
        onVisible() {
          // After a sleep the stream may be dead without knowing it.
          if (!stream || Date.now() - heardAt > SILENCE / 2) wake();
        },
      });
      void run();
    },
    async post(id, activity) {
      if (closed || !session) throw new Refused(0);
      const { conversationId, token } = session;
      const body = { ...activity, from: { id: 'visitor' }, channelData: { clientActivityID: id } };
      try {
        await transport.request('POST', `/conversations/${conversationId}/activities`, { token, body });
      } catch (error) {
        if (!closed && isGone(error)) {
          lose();
          wake();
        }
        throw error;
      }
      // Polling looks at once, and so does who still waits for the stream to connect; a stream is given a moment.
      if (!stream) endPause();
      else if (!isConnected) void read().catch(() => undefined);
      else {
        const before = watermark;
        setTimeout(() => {
          if (!closed && watermark === before) void read().catch(() => undefined);
        }, REPLY_EXPECTED);
      }
    },
    async erase() {
      const gone = session ?? sessions.load();
      hangUp();
      sessions.clear();
      session = undefined;
      if (!gone) return;
      const { conversationId, token } = gone;
      const path = `/conversations/${conversationId}`;
      await transport.request('DELETE', path, { token, keepalive: true }).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
    },
    close: hangUp,
  };
}
