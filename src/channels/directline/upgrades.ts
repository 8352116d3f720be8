import type { Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Milliseconds in which a connection that asks to become a stream becomes one. */
const OPENED_WITHIN = 10_000;

function hangUp(this: Socket): void {
  this.destroy();
}

/**
 * Ends connections that ask to become a stream and never do: with a path that cannot be read, or a method that opens
 * none. The framework leaves them unread, so that not even their end is noticed, and each would keep a file open for
 * good. A stream that opens ends the wait: `ws` takes the time limit off.
 */
export function endUnopened(server: Server, within = OPENED_WITHIN): void {
  // Before the framework's own listener, in which a stream may open at once.
  server.prependListener('upgrade', (_request, socket: Duplex) => {
    if (socket instanceof Socket) socket.setTimeout(within, hangUp);
  });
}
