import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startServer } from '../helpers.ts';
import { ask, begin, errorOf } from './client.ts';

const LISTED = 'https://school.example';
const FOREIGN = 'https://elsewhere.example';

let running: RunningServer;
beforeAll(async () => {
  running = await startServer({ ALLOWED_ORIGINS: LISTED, TRUST_PROXY: 'loopback' });
});
afterAll(() => running.server.close());

/** Every security header, and nothing that names the software. */
const HEADERS = {
  'content-security-policy': `default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';frame-src 'self';manifest-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'self' ${LISTED}`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'cross-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-permitted-cross-domain-policies': 'none',
  'strict-transport-security': null,
  'x-powered-by': null,
  server: null,
  'set-cookie': null,
};

describe('every response', () => {
  test.each([
    '/',
    '/chat',
    '/embed.js',
    '/chat/config.json',
    '/health',
    '/nothing',
    '/v3/directline/nothing',
  ])('%s carries the whole set of security headers', async (path) => {
    const { headers } = await fetch(`${running.url}${path}`);
    const seen = Object.fromEntries(Object.keys(HEADERS).map((name) => [name, headers.get(name)]));
    // A page also names what stands in it: `test/browser/embed.test.ts`.
    const policy = seen['content-security-policy']?.replaceAll(/ 'sha256-[^']+'/g, '');
    expect({ ...seen, 'content-security-policy': policy }).toEqual(HEADERS);
    expect(headers.get('permissions-policy')).toMatch(/camera=\(\).*geolocation=\(\).*microphone=\(\)/);
  });

  test('over https asks the browser to keep to https', async () => {
    const { headers } = await fetch(`${running.url}/chat`, { headers: { 'x-forwarded-proto': 'https' } });
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  });

  test('of the channel is never kept in a cache', async () => {
    expect((await ask(running.url)).headers.get('cache-control')).toBe('no-store');
  });
});

describe('a website that is not on the list', () => {
  test('gets no conversation, no token and no permission to read the answer', async () => {
    for (const path of ['/tokens/generate', '/conversations']) {
      const response = await fetch(`${running.url}/v3/directline${path}`, {
        method: 'POST',
        headers: { origin: FOREIGN },
      });
      expect(response.status).toBe(403);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test('is refused before its browser sends anything that matters', async () => {
    const preflight = (origin: string) =>
      fetch(`${running.url}/v3/directline/conversations`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    expect((await preflight(FOREIGN)).headers.get('access-control-allow-origin')).toBeNull();
    expect((await preflight(LISTED)).headers.get('access-control-allow-origin')).toBe(LISTED);
  });

  test.each([
    [FOREIGN, 403],
    ['null', 403],
    [LISTED, 101],
  ])('opens no stream, not even with a good token: %s → %d', async (origin, status) => {
    const { streamUrl } = await begin(running.url);
    const socket = new WebSocket(streamUrl, { origin });
    const seen = await new Promise((resolve, reject) => {
      socket.on('open', () => resolve(101));
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('error', reject);
    });
    expect(seen).toBe(status);
    socket.terminate();
  });

  test('cannot show the chat in a frame', async () => {
    const policy = (await fetch(`${running.url}/chat`)).headers.get('content-security-policy') ?? '';
    const ancestors = policy.split(';').find((part) => part.startsWith('frame-ancestors'));
    expect(ancestors).toBe(`frame-ancestors 'self' ${LISTED}`);
  });
});

describe('unknown addresses', () => {
  test.each([
    ['GET', '/v3/directline'],
    ['GET', '/v3/directline/conversations/a/b/c?t=secret'],
    ['PUT', '/v3/directline/conversations'],
  ])('%s %s gets the error of the protocol, which repeats nothing', async (method, path) => {
    const response = await fetch(`${running.url}${path}`, { method });
    expect(response.status).toBe(404);
    const { code, message } = await errorOf(response);
    expect(code).toBe('NotFound');
    expect(message).not.toContain('conversations');
  });

  test('that cannot be read are refused without being repeated', async () => {
    const response = await fetch(`${running.url}/v3/directline/%zz`);
    expect(response.status).toBe(400);
    expect((await errorOf(response)).message).toBe('This address cannot be read.');
  });
});

describe('an upload is refused in the language of the chat', () => {
  test.each([
    ['fr', /vidéos/],
    ['nl', /filmpjes/],
    ['en', /videos/],
  ])('%s, whatever the browser prefers', async (locale, words) => {
    const visitor = await begin(running.url, locale);
    const response = await visitor.upload({ 'accept-language': 'nl,en,fr' });
    expect(response.status).toBe(415);
    expect((await errorOf(response)).message).toMatch(words);
  });

  test('also when the person changed language on the way', async () => {
    const visitor = await begin(running.url, 'nl');
    await visitor.send("c'est quoi le grooming ?");
    expect((await errorOf(await visitor.upload())).message).toMatch(/vidéos/);
  });
});

test('a request that is sent drop by drop is given up', () => {
  expect(running.server.server.requestTimeout).toBeGreaterThan(0);
  expect(running.server.server.headersTimeout).toBeGreaterThan(0);
});
