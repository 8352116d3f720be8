import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Conversations } from '../../src/channels/directline/conversations.ts';
import { unknownConversation } from '../../src/channels/directline/errors.ts';
import { createStreams, type Streams } from '../../src/channels/directline/streams.ts';
import { newKey } from '../../src/storage/index.ts';

const HOUR = 3_600_000;
const closing: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close();
});

/** Conversations that hold so many activities of so many characters each. */
function conversationsOf(
  count: () => number,
  size = 10,
  onRead: () => void = () => undefined,
): Conversations {
  return {
    async read(_grant: unknown, after: number, limit: number) {
      onRead();
      const there = Math.min(count(), after + limit);
      const activities = Array.from({ length: Math.max(0, there - after) }, (_, i) => ({
        id: String(after + i + 1),
        text: 'x'.repeat(size),
      }));
      return { activities, watermark: String(Math.max(after, there)) };
    },
  } as unknown as Conversations;
}

async function serve(streams: Streams, conversationId = 'a') {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const accepted: WebSocket[] = [];
  server.on('connection', (socket) => {
    accepted.push(socket);
    streams.open(socket, { conversationId, key: newKey() }, 0);
  });
  await once(server, 'listening');
  closing.push(() => {
    for (const socket of accepted) socket.terminate();
    server.close();
  });
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, accepted };
}

interface Client {
  readonly socket: WebSocket;
  readonly ids: string[];
  readonly frames: string[];
  readonly closed: Promise<number>;
}

async function connect(url: string, options: { autoPong?: boolean } = {}): Promise<Client> {
  const socket = new WebSocket(url, options);
  const ids: string[] = [];
  const frames: string[] = [];
  socket.on('message', (data) => {
    frames.push(String(data));
    if (String(data) !== '')
      ids.push(
        ...(JSON.parse(String(data)) as { activities: { id: string }[] }).activities.map(({ id }) => id),
      );
  });
  const closed = new Promise<number>((resolve) => {
    socket.once('close', resolve);
  });
  await once(socket, 'open');
  closing.push(() => socket.terminate());
  return { socket, ids, frames, closed };
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => String(i + 1));

test('a stream brings what there is in pages, and what is told to be new, in order and once', async () => {
  let count = 45;
  const streams = createStreams(
    conversationsOf(() => count),
    { silence: HOUR },
  );
  const { url } = await serve(streams);
  const client = await connect(url);
  await expect.poll(() => client.ids).toEqual(upTo(45));
  expect(client.frames.length).toBeGreaterThan(1);
  count = 47;
  streams.notify('a', count);
  streams.notify('a', count);
  streams.notifyAll();
  await expect.poll(() => client.ids).toEqual(upTo(47));
});

test('a sixth stream of one conversation replaces the one that was not heard for longest', async () => {
  const streams = createStreams(
    conversationsOf(() => 1),
    { silence: HOUR, keepAlive: 500 },
  );
  const { url } = await serve(streams);
  const first = await connect(url);
  const silent = await connect(url, { autoPong: false });
  const others = await Promise.all([3, 4, 5].map(() => connect(url)));
  // One beat goes by: all but one answer it.
  await expect.poll(() => silent.frames.filter((frame) => frame === '').length).toBeGreaterThan(0);
  await expect.poll(() => others.every(({ frames }) => frames.includes(''))).toBe(true);
  const sixth = await connect(url);
  expect(await silent.closed).toBe(1001);
  await expect.poll(() => sixth.ids).toEqual(['1']);
  expect(first.socket.readyState).toBe(WebSocket.OPEN);
  expect(streams.count).toBe(5);
});

test('a side that answers no ping is cut off', async () => {
  const streams = createStreams(
    conversationsOf(() => 1),
    { silence: HOUR, keepAlive: 100 },
  );
  const { url } = await serve(streams);
  const [silent, alive] = [await connect(url, { autoPong: false }), await connect(url)];
  expect(await silent.closed).toBe(1006);
  expect(alive.socket.readyState).toBe(WebSocket.OPEN);
});

test('a client that never reads costs one page of memory, and is cut off', async () => {
  let reads = 0;
  const streams = createStreams(
    conversationsOf(
      () => 100_000,
      1000,
      () => void reads++,
    ),
    { silence: HOUR, keepAlive: 1000 },
  );
  const { url, accepted } = await serve(streams);
  const client = await connect(url);
  client.socket.pause();
  let most = 0;
  await expect
    .poll(
      () => {
        streams.notify('a', 100_000);
        most = Math.max(most, accepted[0]?.bufferedAmount ?? 0);
        return streams.count;
      },
      { timeout: 10_000, interval: 20 },
    )
    .toBe(0);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(100_000);
  // The rest waits in the kernel's buffers, not in ours.
  expect(reads).toBeLessThan(2000);
});

test('a stream whose store is away stays open, and goes on at the next beat', async () => {
  let away = true;
  const present = conversationsOf(() => 2);
  const streams = createStreams(
    {
      ...present,
      read: (...given) => (away ? Promise.reject(new Error('away')) : present.read(...given)),
    },
    { silence: HOUR, keepAlive: 100 },
  );
  const { url } = await serve(streams);
  const client = await connect(url);
  await expect.poll(() => client.frames).toContain('');
  expect(client.ids).toEqual([]);
  away = false;
  await expect.poll(() => client.ids).toEqual(['1', '2']);
});

test('a stream ends once its conversation was silent for so long that it is gone', async () => {
  let gone = false;
  const present = conversationsOf(() => 1);
  const streams = createStreams(
    {
      ...present,
      read: (...given) => (gone ? Promise.reject(unknownConversation()) : present.read(...given)),
    },
    { silence: 200, keepAlive: 100 },
  );
  const { url } = await serve(streams);
  const client = await connect(url);
  await expect.poll(() => client.ids).toEqual(['1']);
  gone = true;
  expect(await client.closed).toBe(1001);
});

test('a connection that breaks without a word leaves nothing behind', async () => {
  const streams = createStreams(
    conversationsOf(() => 1),
    { silence: HOUR },
  );
  const { url } = await serve(streams);
  const client = await connect(url);
  await expect.poll(() => streams.count).toBe(1);
  client.socket.terminate();
  await expect.poll(() => streams.count).toBe(0);
});

test('a stream that opens while the server goes down is told so at once, so that nothing holds it up', async () => {
  const streams = createStreams(
    conversationsOf(() => 0),
    { silence: HOUR },
  );
  streams.endAll();
  const { url } = await serve(streams);
  const socket = new WebSocket(url);
  const [code] = await once(socket, 'close');
  expect(code).toBe(1001);
});

describe('what this process added itself', () => {
  /** An addition of one activity after so many. */
  const added = (after: number) => ({
    after,
    set: { activities: [{ id: String(after + 1) }], watermark: String(after + 1) },
  });

  /** A stream that has brought the first activity of a conversation. */
  async function follow(count: () => number, onRead?: () => void) {
    const streams = createStreams(conversationsOf(count, 10, onRead), { silence: HOUR });
    const { url } = await serve(streams);
    const client = await connect(url);
    await expect.poll(() => client.ids).toEqual(['1']);
    return { streams, client };
  }

  test('is handed over without being read back, also when the store tells of it', async () => {
    let reads = 0;
    const { streams, client } = await follow(
      () => 1,
      () => void reads++,
    );
    const before = reads;
    streams.notify('a', 2);
    streams.hand('a', added(1));
    await expect.poll(() => client.ids).toEqual(['1', '2']);
    expect(reads).toBe(before);
  });

  test('is read where something else came in between, so that all comes in order and once', async () => {
    let count = 1;
    const { streams, client } = await follow(() => count);
    count = 4;
    streams.hand('a', added(3));
    streams.notify('a', 4);
    await expect.poll(() => client.ids).toEqual(upTo(4));
  });

  test('comes once where it was read before it was handed over', async () => {
    let count = 1;
    const { streams, client } = await follow(() => count);
    count = 2;
    streams.notify('a', 2);
    await expect.poll(() => client.ids).toEqual(upTo(2));
    streams.hand('a', added(1));
    count = 3;
    streams.hand('a', added(2));
    await expect.poll(() => client.ids).toEqual(upTo(3));
  });
});
