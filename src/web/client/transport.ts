/** The network as the client sees it: requests, streams, and what the browser says about the connection. */
export interface Transport {
  /**
   * @throws {Refused} for an answer that is not a success
   * @throws {Error} where no answer came
   */
  request<T>(method: string, path: string, options?: RequestOptions): Promise<T>;
  stream(url: string, events: StreamEvents): Stream;
  /** Calls back when the connection comes or goes, or the page is looked at again. Returns how to stop. */
  watch(signals: Signals): () => void;
}

export interface RequestOptions {
  readonly token?: string;
  readonly body?: unknown;
  /** Goes on after the page is left. */
  readonly keepalive?: boolean;
}

export interface StreamEvents {
  /** Called once it is connected. */
  readonly onOpen: () => void;
  readonly onFrame: (text: string) => void;
  /** Called once, also after `close()`. */
  readonly onClose: () => void;
}

export interface Stream {
  close(): void;
}

export interface Signals {
  readonly onOnline: () => void;
  readonly onOffline: () => void;
  readonly onVisible: () => void;
}

/** The server's refusal. */
export class Refused extends Error {
  readonly status: number;
  /** Milliseconds after which the server wants to be asked again. */
  readonly retryAfter: number;

  constructor(status: number, retryAfter = 0) {
    super(`The server answered ${status}.`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** A POST to it begins a conversation. */
export const CONVERSATIONS = '/conversations';
const BASE = '/v3/directline';
const PATIENCE = 15_000;
const SECOND = 1000;

/** Sends a request to the channel. */
export function ask(
  method: string,
  path: string,
  { token, body, keepalive }: RequestOptions = {},
): Promise<Response> {
  return fetch(BASE + path, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(keepalive ? { keepalive } : { signal: AbortSignal.timeout(PATIENCE) }),
    cache: 'no-store',
  });
}

/**
 * The browser's own network.
 *
 * @param early a conversation that the page asked for before this code was here: it is the first one that is begun
 */
export function createBrowserTransport(early?: Promise<Response>): Transport {
  let begun = early;

  function answerTo(method: string, path: string, options?: RequestOptions): Promise<Response> {
    if (begun === undefined || method !== 'POST' || path !== CONVERSATIONS) return ask(method, path, options);
    const answer = begun;
    begun = undefined;
    return answer;
  }

  return {
    async request<T>(method: string, path: string, options?: RequestOptions): Promise<T> {
      const response = await answerTo(method, path, options);
      if (!response.ok) {
        throw new Refused(response.status, (Number(response.headers.get('retry-after')) || 0) * SECOND);
      }
      return (response.status === 204 ? undefined : await response.json()) as T;
    },

    stream(address, { onOpen, onFrame, onClose }) {
      // The server may stand behind a proxy and not know its own name; this page does.
      const url = new URL(address);
      url.host = location.host;
      url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
      const socket = new WebSocket(url);
      let closed = false;
      const close = () => {
        if (closed) return;
        closed = true;
        // A socket on a dead network says goodbye only after a long time; it is not waited for.
        socket.close();
        onClose();
      };
      socket.onopen = () => {
        if (!closed) onOpen();
      };
      socket.onmessage = ({ data }) => {
        if (!closed) onFrame(String(data));
      };
      socket.onclose = close;
      return { close };
    },

    watch({ onOnline, onOffline, onVisible }) {
      const stop = new AbortController();
      const { signal } = stop;
      addEventListener('online', onOnline, { signal });
      addEventListener('offline', onOffline, { signal });
      document.addEventListener('visibilitychange', () => !document.hidden && onVisible(), { signal });
      return () => stop.abort();
    },
  };
}
