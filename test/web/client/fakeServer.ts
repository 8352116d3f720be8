import type { Activity, ActivitySet } from '../../../src/web/client/protocol.ts';
import type { Session, Sessions } from '../../../src/web/client/session.ts';
import {
  Refused,
  type RequestOptions,
  type Signals,
  type StreamEvents,
  type Transport,
} from '../../../src/web/client/transport.ts';

interface Posted {
  readonly text?: string;
  readonly type: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly channelData: { readonly clientActivityID: string };
}

/** The real server's empty frames, in milliseconds. */
const KEEP_ALIVE = 20_000;

/** A Direct Line server with one conversation and a network that can be cut, for tests with false time. */
export class FakeServer implements Transport {
  readonly activities: Activity[] = [];
  /** Everything asked, as `POST /conversations`. */
  readonly asked: string[] = [];
  readonly events: Posted[] = [];
  readonly #streams = new Set<StreamEvents>();
  readonly #known = new Map<string, string>();
  signals: Signals | undefined;
  connected = true;
  streamsWork = true;
  /** Streams stay on their way, as over a slow network. */
  streamsConnect = true;
  /** The server keeps what is sent, and its answer gets lost on the way back. */
  losesAnswers = false;
  refuses: Refused | undefined;
  conversation = 0;
  /** Streams opened so far, and open now. */
  opened = 0;
  /** Streams that bring nothing any more, without having said so. */
  readonly #dead = new Set<StreamEvents>();

  get openStreams(): number {
    return this.#streams.size;
  }

  say(text: string): void {
    this.#add({ type: 'message', text, locale: 'nl', from: { id: 'bot', role: 'bot' } });
  }

  #add(activity: Omit<Activity, 'id'>): string {
    const id = `c${this.conversation}|${String(this.activities.length + 1).padStart(7, '0')}`;
    this.activities.push({ ...activity, id });
    for (const stream of this.#streams)
      this.#send(stream, JSON.stringify(this.#after(this.activities.length - 1)));
    return id;
  }

  #send(stream: StreamEvents, frame: string): void {
    if (this.streamsConnect && this.#streams.has(stream) && !this.#dead.has(stream)) stream.onFrame(frame);
  }

  /** From now on the open streams bring nothing, as after a network that went away without a word. */
  killStreams(): void {
    for (const stream of this.#streams) this.#dead.add(stream);
  }

  #after(watermark: number): ActivitySet {
    return { activities: this.activities.slice(watermark), watermark: String(this.activities.length) };
  }

  #begin(): void {
    this.conversation++;
    this.activities.length = 0;
    this.#known.clear();
    this.say('welkom');
  }

  /** Breaks every stream, as a server that restarts does. */
  breakStreams(): void {
    for (const stream of [...this.#streams]) {
      this.#streams.delete(stream);
      stream.onClose();
    }
  }

  async request<T>(method: string, path: string, { body }: RequestOptions = {}): Promise<T> {
    this.asked.push(`${method} ${path}`);
    await Promise.resolve();
    if (!this.connected) throw new TypeError('Failed to fetch');
    if (this.refuses) throw this.refuses;
    const opened = {
      conversationId: `c${this.conversation}`,
      token: 'token',
      expires_in: 1800,
      streamUrl: path.includes('watermark=') ? path : 'stream',
    };
    if (path === '/conversations') {
      this.#begin();
      return { ...opened, conversationId: `c${this.conversation}`, ...this.#after(0) } as T;
    }
    if (path === '/tokens/refresh') return opened as T;
    const [, , id = '', rest = ''] = path.split('?')[0]?.split('/') ?? [];
    if (id !== `c${this.conversation}` || this.activities.length === 0) throw new Refused(404);
    if (method === 'DELETE') {
      this.activities.length = 0;
      return undefined as T;
    }
    if (rest === 'activities' && method === 'GET') {
      return this.#after(Number(new URLSearchParams(path.split('?')[1]).get('watermark') ?? 0)) as T;
    }
    if (rest === 'activities') return this.#receive(body as Posted) as T;
    return opened as T;
  }

  #receive(posted: Posted): { id: string } {
    const key = posted.channelData.clientActivityID;
    const known = this.#known.get(key);
    if (posted.type === 'event') this.events.push(posted);
    const id =
      known ??
      (posted.type === 'event'
        ? 'event'
        : this.#add({ ...posted, from: { id: 'visitor', role: 'user' } } as Activity));
    this.#known.set(key, id);
    if (known === undefined && posted.type === 'message') this.say(`antwoord op ${posted.text}`);
    if (this.losesAnswers) throw new TypeError('Failed to fetch');
    return { id };
  }

  stream(url: string, events: StreamEvents) {
    this.opened++;
    const beat = setInterval(() => {
      this.#send(events, '');
    }, KEEP_ALIVE);
    const close = () => {
      clearInterval(beat);
      if (this.#streams.delete(events)) events.onClose();
    };
    this.#streams.add(events);
    queueMicrotask(() => {
      if (!this.#streams.has(events) || !this.streamsConnect) return;
      if (!this.streamsWork || !this.connected) {
        close();
        return;
      }
      events.onOpen();
      const after = Number(new URLSearchParams(url.split('?')[1]).get('watermark') ?? 0);
      if (after < this.activities.length) this.#send(events, JSON.stringify(this.#after(after)));
    });
    return { close };
  }

  watch(signals: Signals) {
    this.signals = signals;
    return () => {
      if (this.signals === signals) this.signals = undefined;
    };
  }
}

/** What the tab keeps. */
export function memorySessions(session?: Session): Sessions {
  let kept = session;
  let notes: string[] = [];
  return {
    load: () => kept,
    save: (next) => {
      kept = next;
    },
    note: (what) => notes.push(what),
    noted: (what) => notes.includes(what),
    clear: () => {
      kept = undefined;
      notes = [];
    },
  };
}
