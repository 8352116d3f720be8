import { connect } from 'node:net';
import fc from 'fast-check';
import { seededRandom } from '../random.ts';
import { mutate } from './bytes.ts';
import { type Chat, createChats } from './chat.ts';
import { Broken, type Prey, type Target } from './types.ts';

const AT_ONCE = 16;
/** Milliseconds after which a connection that is neither answered nor closed is hung up. */
const PATIENCE = 400;
/** A server that has not said that it lives by then is gone. */
const LONG_PATIENCE = 30_000;
const HANDSHAKE =
  'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';

/** Valid requests, byte by byte. */
function requestsOf({ conversationId, token }: Chat, port: number): string[] {
  const base = '/v3/directline/conversations';
  const host = `Host: 127.0.0.1:${port}`;
  const authorization = `Authorization: Bearer ${token}`;
  const message = JSON.stringify({
    type: 'message',
    text: 'wat is grooming',
    from: { id: 'x' },
    channelData: { clientActivityID: 'y' },
  });
  const length = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(message)}`;
  const chunked = `Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${message.length.toString(16)}\r\n${message}\r\n0\r\n\r\n`;
  return [
    `POST ${base}/${conversationId}/activities HTTP/1.1\r\n${host}\r\n${authorization}\r\n${length}\r\n\r\n${message}`,
    `POST ${base}/${conversationId}/activities HTTP/1.1\r\n${host}\r\n${authorization}\r\n${chunked}`,
    `GET ${base}/${conversationId}/activities?watermark=1 HTTP/1.1\r\n${host}\r\n${authorization}\r\nConnection: close\r\n\r\n`,
    `GET ${base}/${conversationId}/stream?t=${token} HTTP/1.1\r\n${host}\r\n${HANDSHAKE}\r\n\r\n`,
    `GET /chat/config.json?lang=fr HTTP/1.1\r\n${host}\r\nAccept-Language: nl,fr;q=0.5\r\nConnection: close\r\n\r\n`,
  ];
}

/** Masked frames as a browser sends them: text, ping, pong, close, a fragment. */
function framesOf(random: () => number): Buffer {
  const opcodes = [0x81, 0x82, 0x89, 0x8a, 0x88, 0x01, 0x80];
  const frames = Array.from({ length: 1 + Math.floor(random() * 5) }, () => {
    const payload = Buffer.from('x'.repeat(Math.floor(random() * 120)));
    const mask = Buffer.from([1, 2, 3, 4]);
    const masked = payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0));
    return Buffer.concat([
      Buffer.from([opcodes[Math.floor(random() * opcodes.length)] ?? 0x81, 0x80 | payload.length]),
      mask,
      masked,
    ]);
  });
  return Buffer.concat(frames);
}

/** Sends bytes and reads what comes until the other side hangs up. Bytes for later are sent after the first answer. */
function exchange(port: number, bytes: Buffer, later?: Buffer, patience = PATIENCE): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => (later ? socket.write(bytes) : socket.end(bytes)));
    const timer = setTimeout(() => socket.destroy(), patience);
    socket.once('data', () => later && socket.end(later));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(received);
    });
  });
}

async function throwAll(port: number, throwOne: () => readonly [Buffer, Buffer?]): Promise<void> {
  const thrown = Array.from({ length: AT_ONCE }, throwOne);
  const answers = await Promise.all(thrown.map(([bytes, later]) => exchange(port, bytes, later)));
  for (const [i, answer] of answers.entries()) {
    if (/^HTTP\/1\.\d 5/m.test(answer)) {
      throw new Broken(`${answer.slice(0, 200)}\nfor ${thrown[i]?.[0].toString('latin1')}`);
    }
  }
}

async function alive(prey: Prey): Promise<void> {
  const question = Buffer.from('GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n');
  const answer = await exchange(prey.port, question, undefined, LONG_PATIENCE);
  if (!answer.startsWith('HTTP/1.1 200'))
    throw new Broken(`The server does not answer any more: ${answer.slice(0, 80)}`);
}

/** Whole requests with a few bytes changed, over real connections. */
export function requestBytesTarget(prey: Prey): Target {
  const chat = createChats(prey);
  return {
    name: 'bytes of HTTP requests',
    weight: AT_ONCE,
    share: 0.15,
    property: fc.asyncProperty(fc.integer() as fc.Arbitrary<unknown>, async (seed) => {
      const random = seededRandom(Number(seed));
      const requests = requestsOf(await chat(), prey.port).map((request) => Buffer.from(request));
      await throwAll(prey.port, () => [
        mutate(requests[Math.floor(random() * requests.length)] ?? Buffer.alloc(0), random),
      ]);
      await alive(prey);
    }) as Target['property'],
  };
}

/** Frames with a few bytes changed, on a stream that was opened in order. */
export function framesTarget(prey: Prey): Target {
  const chat = createChats(prey);
  return {
    name: 'WebSocket frames',
    weight: AT_ONCE,
    share: 0.1,
    property: fc.asyncProperty(fc.integer() as fc.Arbitrary<unknown>, async (seed) => {
      const random = seededRandom(Number(seed));
      const handshake = Buffer.from(requestsOf(await chat(), prey.port)[3] ?? '');
      await throwAll(prey.port, () => [handshake, mutate(framesOf(random), random)]);
      await alive(prey);
    }) as Target['property'],
  };
}
