import type { WebSocket } from 'ws';
import type { ActivitySet, Conversations, Received } from './conversations.ts';
import { DirectLineError } from './errors.ts';
import type { Grant } from './tokens.ts';

/** Open streams of all conversations of this process. */
export interface Streams {
  /** Delivers what came after the watermark, and everything from then on. */
  open(socket: WebSocket, grant: Grant, after: number): void;
  /** Delivers what this process itself added to a conversation, without reading it back from the store. */
  hand(conversationId: string, added: Received['added']): void;
  /** A conversation has something new, up to the sequence `last`. */
  notify(conversationId: string, last: number): void;
  /** There may be something new in any conversation. */
  notifyAll(): void;
  /** Ends the streams of a conversation that was erased. */
  end(conversationId: string): void;
  /** Ends all streams; those that do not answer are cut off. */
  endAll(): void;
  readonly count: number;
}

export interface StreamOptions {
  /** Every so many milliseconds a stream gets an empty frame, which keeps proxies from closing it, and a ping. */
  readonly keepAlive?: number;
  /** Silence after which a conversation may have ended, in milliseconds: its streams then look. */
  readonly silence: number;
}

/** One stream. Kept small: there is one for each open chat. */
interface Stream {
  readonly socket: WebSocket;
  readonly grant: Grant;
  /** The sequence up to which was sent. */
  position: number;
  state: 'idle' | 'sending' | 'sending, with more to come' | 'behind';
  /** Beats since the other side was heard. */
  unheard: number;
  /** Beats since something was sent. */
  quiet: number;
}

const KEEP_ALIVE = 20_000;
/** Beats are spread over time, so that ten thousand of them do not hold up a reply. */
const SLICES = 50;
/** Activities in one frame at most: as much as waits in memory for a client that reads slowly. */
const PAGE = 20;
/** A side that left so many beats unanswered is gone, or reads nothing. */
const MOST_UNHEARD = 2;
const MAX_SOCKETS_PER_CONVERSATION = 5;
/** Milliseconds in which a client may answer that the stream ends. */
const LAST_WORD = 3000;
const GOING_AWAY = 1001;

export function createStreams(
  conversations: Conversations,
  { keepAlive = KEEP_ALIVE, silence }: StreamOptions,
): Streams {
  const byConversation = new Map<string, Stream[]>();
  const bySocket = new Map<WebSocket, Stream>();
  const mostQuiet = Math.ceil(silence / keepAlive);
  const slices = Array.from({ length: SLICES }, () => new Set<Stream>());
  let opened = 0;
  let slice = 0;
  let beats: NodeJS.Timeout | undefined;
  let isGoingDown = false;

  /** Clients come back after this, to another instance or after the restart. */
  function dismiss(socket: WebSocket): void {
    socket.close(GOING_AWAY, 'The server is going down.');
    setTimeout(() => socket.terminate(), LAST_WORD).unref();
  }

  function forget(socket: WebSocket): void {
    const stream = bySocket.get(socket);
    if (!stream) return;
    bySocket.delete(socket);
    for (const members of slices) members.delete(stream);
    const { conversationId } = stream.grant;
    const others = (byConversation.get(conversationId) ?? []).filter((other) => other !== stream);
    if (others.length > 0) byConversation.set(conversationId, others);
    else byConversation.delete(conversationId);
    if (bySocket.size > 0) return;
    clearInterval(beats);
    beats = undefined;
  }

  // One function for all sockets instead of one for each: `this` is the socket.
  function onClose(this: WebSocket): void {
    forget(this);
  }
  function onError(this: WebSocket): void {
    this.terminate();
  }
  function onPong(this: WebSocket): void {
    const stream = bySocket.get(this);
    if (stream) stream.unheard = 0;
  }

  /** Resolves once the frame has left for the network: a client that reads slowly is not sent more meanwhile. */
  function send(socket: WebSocket, frame: string): Promise<void> {
    return new Promise((resolve, reject) => {
      socket.send(frame, (error) => (error ? reject(error) : resolve()));
    });
  }

  /**
   * Sends what there is, a page at a time, so that little of it waits in memory.
   *
   * @param handed what is known to come next; the rest is read
   */
  async function deliver(stream: Stream, handed?: ActivitySet): Promise<void> {
    const { socket, grant } = stream;
    let known = handed;
    while (socket.readyState === socket.OPEN) {
      stream.state = 'sending';
      const set: ActivitySet = known ?? (await conversations.read(grant, stream.position, PAGE));
      known = undefined;
      if (set.activities.length > 0) {
        stream.position = Number(set.watermark);
        stream.quiet = 0;
        await send(socket, JSON.stringify(set));
      }
      // Another call may have changed it while this one waited.
      const now = stream.state as Stream['state'];
      if (set.activities.length < PAGE && now === 'sending') break;
    }
    stream.state = 'idle';
  }

  function wake(stream: Stream, handed?: ActivitySet): void {
    if (stream.state === 'sending' || stream.state === 'sending, with more to come') {
      stream.state = 'sending, with more to come';
      return;
    }
    deliver(stream, handed).catch((error: unknown) => {
      // What could not be read now is tried again at the next beat, or when the store says that it is back.
      stream.state = 'behind';
      if (error instanceof DirectLineError) stream.socket.close(GOING_AWAY, error.message);
    });
  }

  function beat(): void {
    slice = (slice + 1) % SLICES;
    for (const stream of slices[slice] ?? []) {
      const { socket } = stream;
      if (stream.unheard >= MOST_UNHEARD) {
        socket.terminate();
        continue;
      }
      stream.unheard++;
      stream.quiet++;
      if (stream.state !== 'idle' && stream.state !== 'behind') continue;
      socket.send('');
      socket.ping();
      if (stream.state === 'behind' || stream.quiet >= mostQuiet) wake(stream);
    }
  }

  /** One person may have a few pages open. The one that was not heard for longest makes way for one more. */
  function makeRoom(streams: readonly Stream[]): void {
    if (streams.length < MAX_SOCKETS_PER_CONVERSATION) return;
    const stalest = streams.reduce((a, b) => (b.unheard > a.unheard ? b : a));
    stalest.socket.close(GOING_AWAY, 'This conversation was opened in too many places.');
    forget(stalest.socket);
  }

  return {
    open(socket, grant, after) {
      // Its token was still being read when the others were dismissed.
      if (isGoingDown) return dismiss(socket);
      const { conversationId } = grant;
      makeRoom(byConversation.get(conversationId) ?? []);
      const stream: Stream = { socket, grant, position: after, state: 'idle', unheard: 0, quiet: 0 };
      byConversation.set(conversationId, [...(byConversation.get(conversationId) ?? []), stream]);
      bySocket.set(socket, stream);
      slices[opened++ % SLICES]?.add(stream);
      socket.on('close', onClose);
      // In the place of the framework's, which keeps the whole request for its log.
      socket.removeAllListeners('error');
      socket.on('error', onError);
      socket.on('pong', onPong);
      beats ??= setInterval(beat, keepAlive / SLICES);
      wake(stream);
    },
    hand(conversationId, added) {
      if (!added) return;
      for (const stream of byConversation.get(conversationId) ?? [])
        wake(stream, stream.position === added.after ? added.set : undefined);
    },
    notify(conversationId, last) {
      if (!byConversation.has(conversationId)) return;
      // What this process added itself is handed over in the same moment: only the rest is read.
      setImmediate(() => {
        for (const stream of byConversation.get(conversationId) ?? [])
          if (stream.position < last) wake(stream);
      });
    },
    notifyAll() {
      for (const stream of bySocket.values()) wake(stream);
    },
    end(conversationId) {
      for (const { socket } of byConversation.get(conversationId) ?? [])
        socket.close(GOING_AWAY, 'This conversation was erased.');
    },
    endAll() {
      isGoingDown = true;
      for (const socket of bySocket.keys()) dismiss(socket);
    },
    get count() {
      return bySocket.size;
    },
  };
}
