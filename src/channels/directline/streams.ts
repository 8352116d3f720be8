import type { WebSocket } from 'ws';
import type { Conversations } from './conversations.ts';
import type { Grant } from './tokens.ts';

/** Open streams of all conversations of this process. */
export interface Streams {
  /** Delivers what came after the watermark, and everything from then on. */
  open(socket: WebSocket, grant: Grant, after: number): void;
  /** There is something new in a conversation. */
  notify(conversationId: string): void;
  /** Ends the streams of a conversation that was erased. */
  end(conversationId: string): void;
  endAll(): void;
  readonly count: number;
}

/** Empty frames keep proxies from closing a quiet stream, in milliseconds. */
const KEEP_ALIVE = 20_000;
/** A client that reads so slowly that this many bytes wait is cut off; it comes back with its watermark. */
const MAX_WAITING = 1_000_000;
const MAX_SOCKETS_PER_CONVERSATION = 5;
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

export function createStreams(conversations: Conversations): Streams {
  const open = new Map<string, Set<() => void>>();
  const sockets = new Map<WebSocket, string>();

  function close(socket: WebSocket, code: number, reason: string): void {
    socket.close(code, reason);
  }

  return {
    open(socket, grant, after) {
      const { conversationId } = grant;
      const wakes = open.get(conversationId) ?? new Set();
      if (wakes.size >= MAX_SOCKETS_PER_CONVERSATION) {
        close(socket, TRY_AGAIN_LATER, 'Too many streams for one conversation.');
        return;
      }
      let position = after;
      let busy: Promise<void> = Promise.resolve();
      const deliver = async () => {
        if (socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount > MAX_WAITING) {
          close(socket, TRY_AGAIN_LATER, 'This connection reads too slowly.');
          return;
        }
        const set = await conversations.read(grant, position);
        if (set.activities.length === 0) return;
        position = Number(set.watermark);
        socket.send(JSON.stringify(set));
      };
      const wake = () => {
        busy = busy.then(deliver).catch(() => close(socket, TRY_AGAIN_LATER, 'The store did not answer.'));
      };
      const beat = setInterval(() => {
        if (socket.readyState === socket.OPEN) socket.send('');
      }, KEEP_ALIVE);
      open.set(conversationId, wakes.add(wake));
      sockets.set(socket, conversationId);
      socket.on('close', () => {
        clearInterval(beat);
        wakes.delete(wake);
        sockets.delete(socket);
        if (wakes.size === 0) open.delete(conversationId);
      });
      socket.on('error', () => socket.terminate());
      wake();
    },
    notify(conversationId) {
      for (const wake of open.get(conversationId) ?? []) wake();
    },
    end(conversationId) {
      for (const [socket, id] of sockets) {
        if (id === conversationId) close(socket, GOING_AWAY, 'This conversation was erased.');
      }
    },
    endAll() {
      for (const socket of sockets.keys()) close(socket, GOING_AWAY, 'The server is going down.');
    },
    get count() {
      return sockets.size;
    },
  };
}
