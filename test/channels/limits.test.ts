import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { createAddressNames, createRate, networkOf } from '../../src/channels/directline/limits.ts';
import { type RunningServer, startServer } from '../helpers.ts';
import { ask, begin, errorOf } from '../server/client.ts';

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

describe('a rate', () => {
  test('lets through as many as it says in a window, then says how long to wait', () => {
    let time = 0;
    const rate = createRate(2, 60 * SECOND, () => time);
    rate('a');
    time = 20 * SECOND;
    rate('a');
    expect(() => rate('a')).toThrow(expect.objectContaining({ statusCode: 429, retryAfter: 40 }));
    time = 60 * SECOND;
    expect(() => rate('a')).not.toThrow();
  });

  test('counts names apart', () => {
    const rate = createRate(1, SECOND, () => 0);
    rate('a');
    expect(() => rate('b')).not.toThrow();
  });

  test('locks nobody out when the clock is set back', () => {
    let time = DAY;
    const rate = createRate(1, SECOND, () => time);
    rate('a');
    time = 0;
    expect(() => rate('a')).not.toThrow();
  });
});

describe('the name of an address', () => {
  test('is the same for a day, and another one the next day', () => {
    let time = 0;
    const name = createAddressNames(() => time);
    const first = name('192.0.2.7');
    expect(name('192.0.2.7')).toBe(first);
    time = DAY;
    expect(name('192.0.2.7')).not.toBe(first);
  });

  test('does not hold the address, and differs between two servers', () => {
    const [one, other] = [createAddressNames(() => 0), createAddressNames(() => 0)];
    expect(one('192.0.2.7')).not.toContain('192');
    expect(one('192.0.2.7')).not.toBe(other('192.0.2.7'));
  });

  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002:bbbb:cccc:dddd:eeee', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('of %s is made from %s: one subscriber has a whole IPv6 network', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

/** A server that lives as long as the test. */
async function start(environment: Record<string, string>): Promise<RunningServer> {
  const running = await startServer(environment);
  onTestFinished(() => running.server.close());
  return running;
}

async function expectRefused(response: Response, status: number): Promise<void> {
  expect(response.status).toBe(status);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await errorOf(response)).message).toMatch(/Please try again|meanwhile/);
}

test('a visitor who asks too much is slowed down; the classmate at the same address is not', async () => {
  const running = await start({ VISITOR_RATE_LIMIT: '5' });
  const [busy, calm] = [await begin(running.url), await begin(running.url)];
  for (let i = 0; i < 5; i++) expect((await busy.send(`hallo ${i}`)).status).toBe(200);
  await expectRefused(await busy.send('hallo'), 429);
  expect((await calm.send('hallo')).status).toBe(200);
});

test('a new token of the same conversation does not begin a new count', async () => {
  const running = await start({ VISITOR_RATE_LIMIT: '2' });
  const visitor = await begin(running.url);
  const refresh = () =>
    fetch(`${running.url}/v3/directline/tokens/refresh`, {
      method: 'POST',
      headers: { authorization: `Bearer ${visitor.token}` },
    });
  await refresh();
  await refresh();
  await expectRefused(await refresh(), 429);
});

test('an address that asks too much is slowed down, and may read why from a website too', async () => {
  const running = await start({ RATE_LIMIT: '3', ALLOWED_ORIGINS: 'https://school.example' });
  for (let i = 0; i < 3; i++) expect((await ask(running.url)).status).toBe(200);
  const response = await ask(running.url, { origin: 'https://school.example' });
  expect(response.headers.get('access-control-allow-origin')).toBe('https://school.example');
  expect(response.headers.get('access-control-expose-headers')).toContain('retry-after');
  await expectRefused(response, 429);
});

test('an address that begins too many conversations must wait; running ones go on', async () => {
  const running = await start({ CONVERSATIONS_PER_ADDRESS: '2' });
  const first = await begin(running.url);
  await begin(running.url);
  await expectRefused(await fetch(`${running.url}/v3/directline/conversations`, { method: 'POST' }), 429);
  expect((await first.send('hallo')).status).toBe(200);
});

/** The status with which a stream was refused, or 101 for one that opened. */
function openStream(url: string): Promise<{ status: number; socket: WebSocket }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.on('open', () => resolve({ status: 101, socket }));
    socket.on('unexpected-response', (_request, response) =>
      resolve({ status: response.statusCode ?? 0, socket }),
    );
    socket.on('error', reject);
  });
}

test.each([
  ['from one address', { SOCKETS_PER_ADDRESS: '1' }, 429],
  ['in all', { MAX_SOCKETS: '1' }, 503],
])('streams %s are bounded, and one that closes makes room', async (_name, environment, status) => {
  const running = await start(environment);
  const [one, two] = [await begin(running.url), await begin(running.url)];
  const first = await openStream(one.streamUrl);
  expect(first.status).toBe(101);
  expect((await openStream(two.streamUrl)).status).toBe(status);
  const closed = new Promise((resolve) => first.socket.on('close', resolve));
  first.socket.close();
  await closed;
  await expect.poll(async () => (await openStream(two.streamUrl)).status).toBe(101);
});

test('behind no proxy, a visitor cannot pose as another address', async () => {
  const running = await start({ RATE_LIMIT: '2' });
  const pose = (address: string) => ask(running.url, { 'x-forwarded-for': address });
  await pose('192.0.2.1');
  await pose('192.0.2.2');
  expect((await pose('192.0.2.3')).status).toBe(429);
});

test('behind a known proxy, the address is the last one that is not a proxy: what a visitor adds in front is not believed', async () => {
  const running = await start({ RATE_LIMIT: '2', TRUST_PROXY: '127.0.0.1,::1,10.0.0.0/8' });
  const through = (forwarded: string) => ask(running.url, { 'x-forwarded-for': forwarded });
  await through('203.0.113.1, 192.0.2.1, 10.0.0.3');
  await through('203.0.113.2, 192.0.2.1, 10.0.0.3');
  expect((await through('203.0.113.3, 192.0.2.1, 10.0.0.3')).status).toBe(429);
  expect((await through('203.0.113.1, 192.0.2.9, 10.0.0.3')).status).toBe(200);
});
