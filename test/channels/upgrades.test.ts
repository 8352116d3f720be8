import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import websocket from '@fastify/websocket';
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { endUnopened } from '../../src/channels/directline/upgrades.ts';

const WITHIN = 50;

async function serverWithStream(): Promise<number> {
  const server = Fastify();
  await server.register(websocket);
  endUnopened(server.server, WITHIN);
  await server.register(async (scope) => {
    scope.get('/stream', { websocket: true }, (socket) => {
      socket.on('message', () => socket.send('still here'));
    });
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => server.close());
  return (server.server.address() as AddressInfo).port;
}

test.each([
  ['a path that cannot be read', 'GET /%ff'],
  ['a method that opens no stream', 'HEAD /stream'],
])('a connection that asks for a stream with %s is ended', async (_, start) => {
  const port = await serverWithStream();
  const socket = connect(port, '127.0.0.1');
  socket.resume();
  socket.write(
    `${start} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  await once(socket, 'close');
});

test('a stream that was opened stays open, however long nothing is said', async () => {
  const port = await serverWithStream();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/stream`);
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  await new Promise((resolve) => setTimeout(resolve, 3 * WITHIN));
  socket.send('are you there?');
  const [answer] = await once(socket, 'message');
  expect(String(answer)).toBe('still here');
});
