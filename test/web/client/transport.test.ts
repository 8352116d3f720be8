/** The browser's own network, with a false `fetch`. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CONVERSATIONS, createBrowserTransport, Refused } from '../../../src/web/client/transport.ts';

const fetched = vi.fn<typeof fetch>();
beforeEach(() => {
  fetched.mockReset().mockImplementation(async () => Response.json({ conversationId: 'asked now' }));
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => vi.unstubAllGlobals());

const begin = (transport: ReturnType<typeof createBrowserTransport>) =>
  transport.request('POST', CONVERSATIONS, { body: { locale: 'nl' } });

test('the first conversation is the one that the page asked for', async () => {
  const transport = createBrowserTransport(Promise.resolve(Response.json({ conversationId: 'early' })));
  expect(await begin(transport)).toEqual({ conversationId: 'early' });
  expect(fetched).not.toHaveBeenCalled();
});

test('the second conversation is asked for anew', async () => {
  const transport = createBrowserTransport(Promise.resolve(Response.json({ conversationId: 'early' })));
  await begin(transport);
  expect(await begin(transport)).toEqual({ conversationId: 'asked now' });
});

test('other requests do not take the conversation that the page asked for', async () => {
  const transport = createBrowserTransport(Promise.resolve(Response.json({ conversationId: 'early' })));
  await transport.request('POST', '/tokens/refresh', { token: 'token' });
  expect(await begin(transport)).toEqual({ conversationId: 'early' });
});

test('a page that asked for none asks when a conversation is begun', async () => {
  expect(await begin(createBrowserTransport())).toEqual({ conversationId: 'asked now' });
});

test('a request of the page that was refused says for how long', async () => {
  const refusal = new Response('{}', { status: 429, headers: { 'retry-after': '7' } });
  const refused = begin(createBrowserTransport(Promise.resolve(refusal)));
  await expect(refused).rejects.toEqual(new Refused(429, 7000));
});

test('a request of the page that got lost is made again', async () => {
  const transport = createBrowserTransport(Promise.reject(new TypeError('Failed to fetch')));
  await expect(begin(transport)).rejects.toThrow('Failed to fetch');
  expect(await begin(transport)).toEqual({ conversationId: 'asked now' });
});
