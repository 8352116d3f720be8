/** Microsoft's own client against our server: every state of the connection, over the stream and by polling. */
import { type Activity, ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createMemoryStore } from '../../src/storage/index.ts';
import { type RunningServer, startServer } from '../helpers.ts';

interface Token {
  readonly conversationId: string;
  readonly token: string;
}

const SECRET = new TextEncoder().encode('a secret for tests only, long enough');
const WAYS = [
  ['the WebSocket stream', true],
  ['polling', false],
] as const;

let running: RunningServer;
const clients: DirectLine[] = [];
beforeAll(async () => {
  // The client was written for browsers: it looks for these two.
  const { default: XMLHttpRequest } = await import('./xhr.ts');
  Object.assign(globalThis, { XMLHttpRequest, WebSocket });
  running = await startServer();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.end();
});
afterAll(() => running.server.close());

async function newToken(url = running.url): Promise<Token> {
  const response = await fetch(`${url}/v3/directline/tokens/generate`, { method: 'POST' });
  return (await response.json()) as Token;
}

function open(options: object, url = running.url): DirectLine {
  const client = new DirectLine({
    domain: `${url}/v3/directline`,
    pollingInterval: 200,
    conversationStartProperties: { locale: 'en-GB' },
    ...options,
  } as never);
  clients.push(client);
  return client;
}

/** Collects messages of the bot until there are `count`. */
function botMessages(client: DirectLine, count: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const texts: string[] = [];
    client.activity$.subscribe((activity: Activity) => {
      if (activity.type !== 'message' || activity.from.role !== 'bot') return;
      texts.push(activity.text ?? '');
      if (texts.length === count) resolve(texts);
    }, reject);
  });
}

function post(client: DirectLine, activity: object): Promise<string> {
  return new Promise((resolve, reject) => {
    client.postActivity({ from: { id: 'somebody' }, ...activity } as never).subscribe(resolve, reject);
  });
}

/** Resolves once the connection has a state; the states that it had come along. */
function reached(client: DirectLine, wanted: ConnectionStatus): Promise<ConnectionStatus[]> {
  const seen: ConnectionStatus[] = [];
  return new Promise((resolve) => {
    client.connectionStatus$.subscribe((status) => {
      seen.push(status);
      if (status === wanted) resolve(seen);
    });
  });
}

const listen = (client: DirectLine) =>
  client.activity$.subscribe(
    () => undefined,
    () => undefined,
  );

const streamOf = (conversationId: string, token: string) =>
  `${running.url.replace('http', 'ws')}/v3/directline/conversations/${conversationId}/stream?t=${token}`;

/** A token as our server makes them, for a conversation and a time of our choice. */
async function forge(token: string, changes: object, secret = SECRET): Promise<string> {
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return new SignJWT({ ...payload, ...changes }).setProtectedHeader({ alg: 'HS256' }).sign(secret);
}

describe.each(WAYS)('over %s', (_name, webSocket) => {
  test('the welcome and the answer arrive', async () => {
    const client = open({ token: (await newToken()).token, webSocket });
    const messages = botMessages(client, 2);
    expect(await post(client, { type: 'message', text: 'what is grooming' })).toMatch(/\|\d+$/);
    const [welcome, answer] = await messages;
    expect(welcome).toContain('computer program');
    expect(answer).toMatch(/adult.*approaches a child/s);
  });

  test('the client goes from uninitialised over connecting to online, and ends when told to', async () => {
    const client = open({ token: (await newToken()).token, webSocket });
    const states = reached(client, ConnectionStatus.Online);
    listen(client);
    expect(await states).toEqual([
      ConnectionStatus.Uninitialized,
      ConnectionStatus.Connecting,
      ConnectionStatus.Online,
    ]);
    const ended = reached(client, ConnectionStatus.Ended);
    client.end();
    expect((await ended).at(-1)).toBe(ConnectionStatus.Ended);
  });

  test('a conversation is continued by its id, with everything since the watermark', async () => {
    const given = await newToken();
    const first = open({ token: given.token, webSocket });
    const heard = botMessages(first, 2);
    await post(first, { type: 'message', text: 'what is grooming' });
    await heard;
    first.end();
    const again = open({ ...given, watermark: '1', webSocket });
    const [answer] = await botMessages(again, 1);
    expect(answer).toMatch(/approaches a child/);
  });
});

test('the stream comes back after a restart of the server, with each message once', async () => {
  const store = createMemoryStore();
  const before = await startServer({}, { store });
  const port = Number(new URL(before.url).port);
  const client = open({ token: (await newToken(before.url)).token }, before.url);
  const texts: string[] = [];
  client.activity$.subscribe(
    (activity: Activity) => {
      if (activity.type === 'message' && activity.from.role === 'bot') texts.push(activity.text ?? '');
    },
    () => undefined,
  );
  await expect.poll(() => texts.length).toBe(1);
  await before.server.close();
  const after = await startServer({}, { store, port });
  await expect
    .poll(() => post(client, { type: 'message', text: 'what is grooming' }).catch(() => 'retry'), {
      timeout: 20_000,
      interval: 500,
    })
    .toMatch(/\|\d+$/);
  await expect.poll(() => texts.length, { timeout: 20_000 }).toBe(2);
  client.end();
  await after.server.close();
});

describe('a token', () => {
  test.each(WAYS)('that is wrong is told as a failure to connect (%s)', async (_name, webSocket) => {
    const client = open({ token: 'not.a.token', webSocket });
    const failed = reached(client, ConnectionStatus.FailedToConnect);
    listen(client);
    await failed;
  });

  test.each(WAYS)(
    'that has expired is told as expired (403), and a new one goes on (%s)',
    async (_name, webSocket) => {
      const given = await newToken();
      await botMessages(open({ token: given.token }), 1);
      const old = await forge(given.token, { exp: 1_000_000_000 });
      const client = open({
        ...given,
        token: old,
        streamUrl: streamOf(given.conversationId, old),
        webSocket,
      });
      const expired = reached(client, ConnectionStatus.ExpiredToken);
      listen(client);
      await expired;
      const online = reached(client, ConnectionStatus.Online);
      client.reconnect({ ...given, streamUrl: streamOf(given.conversationId, given.token) } as never);
      await online;
      expect(await post(client, { type: 'message', text: 'hello' })).toMatch(/\|\d+$/);
    },
  );

  test('is renewed by the refresh that the client asks for', async () => {
    const given = await newToken();
    const response = await fetch(`${running.url}/v3/directline/tokens/refresh`, {
      method: 'POST',
      headers: { authorization: `Bearer ${given.token}` },
    });
    const fresh = (await response.json()) as Token & { expires_in: number };
    expect(fresh.conversationId).toBe(given.conversationId);
    expect(fresh.expires_in).toBe(30 * 60);
    const client = open({ token: fresh.token });
    expect(await botMessages(client, 1)).toHaveLength(1);
  });

  test('for another conversation opens nothing (403)', async () => {
    const [mine, theirs] = await Promise.all([newToken(), newToken()]);
    for (const { token } of [mine, theirs]) await botMessages(open({ token }), 1);
    const response = await fetch(
      `${running.url}/v3/directline/conversations/${theirs.conversationId}/activities`,
      { headers: { authorization: `Bearer ${mine.token}` } },
    );
    expect(response.status).toBe(403);
    const client = open({
      conversationId: theirs.conversationId,
      token: mine.token,
      streamUrl: streamOf(theirs.conversationId, mine.token),
      webSocket: false,
    });
    const states = reached(client, ConnectionStatus.ExpiredToken);
    listen(client);
    await states;
  });

  test('signed with another secret opens nothing', async () => {
    const given = await newToken();
    const forged = await forge(
      given.token,
      {},
      new TextEncoder().encode('another secret, as long as the first'),
    );
    const client = open({ token: forged });
    const failed = reached(client, ConnectionStatus.FailedToConnect);
    listen(client);
    await failed;
  });
});

test.each(['99', '-1', 'abc'])(
  'the watermark %s, which the server never gave, is refused (400)',
  async (watermark) => {
    const given = await newToken();
    await botMessages(open({ token: given.token }), 1);
    const response = await fetch(
      `${running.url}/v3/directline/conversations/${given.conversationId}/activities?watermark=${watermark}`,
      { headers: { authorization: `Bearer ${given.token}` } },
    );
    expect(response.status).toBe(400);
  },
);

test('figures and contacts come as an Adaptive Card too, for clients that do not know our channel data', async () => {
  const client = open({ token: (await newToken()).token });
  const cards: unknown[] = [];
  client.activity$.subscribe(
    (activity) => {
      if (activity.type === 'message') cards.push(...(activity.attachments ?? []));
    },
    () => undefined,
  );
  await post(client, { type: 'message', text: 'grooming figures' });
  await expect.poll(() => JSON.stringify(cards)).toMatch(/"FactSet".*"title":"2018","value":"36"/);
  await post(client, { type: 'message', text: 'someone is blackmailing me' });
  await expect.poll(() => JSON.stringify(cards)).toMatch(/"Action\.OpenUrl".*tel:116000/);
});
