import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createSqliteStore } from '../../src/storage/index.ts';
import { type RunningServer, startServer } from '../helpers.ts';

let running: RunningServer;
beforeAll(async () => {
  running = await startServer();
});
afterAll(() => running.server.close());

interface Opened {
  readonly conversationId: string;
  readonly token: string;
  readonly streamUrl: string;
  readonly expires_in: number;
}

const path = (rest: string, base = running.url) => `${base}/v3/directline${rest}`;

async function begin(base = running.url, body: object = { locale: 'nl' }): Promise<Opened> {
  const response = await fetch(path('/conversations', base), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Opened;
}

function call(
  opened: Opened,
  method: string,
  rest: string,
  body?: unknown,
  base = running.url,
): Promise<Response> {
  return fetch(path(`/conversations/${opened.conversationId}${rest}`, base), {
    method,
    headers: {
      authorization: `Bearer ${opened.token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

const message = (text: string, id?: string) => ({
  type: 'message',
  text,
  from: { id: 'visitor' },
  ...(id !== undefined && { channelData: { clientActivityID: id } }),
});

interface Kept {
  readonly activities: readonly {
    readonly id: string;
    readonly text: string;
    readonly locale?: string;
    readonly from: { role: string };
    readonly channelData?: { answer?: { id: string } | null };
  }[];
  readonly watermark: string;
}

async function read(opened: Opened, watermark = ''): Promise<Kept> {
  return (await (await call(opened, 'GET', `/activities?watermark=${watermark}`)).json()) as Kept;
}

async function expectError(response: Response, status: number, code: string): Promise<void> {
  expect(response.status).toBe(status);
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  expect(error.code).toBe(code);
  expect(error.message.length).toBeGreaterThan(10);
}

describe('a conversation', () => {
  test('begins with a welcome in the language asked for, that says what the bot is', async () => {
    const { activities } = await read(await begin(running.url, { locale: 'fr-BE' }));
    expect(activities).toHaveLength(1);
    expect(activities[0]).toMatchObject({ locale: 'fr', from: { role: 'bot' } });
    expect(activities[0]?.text).toMatch(/programme informatique.*116\u00a0000/s);
  });

  test('gives the answer with its id, locale and score', async () => {
    const opened = await begin();
    expect((await call(opened, 'POST', '/activities', message('wat is grooming'))).status).toBe(200);
    const reply = (await read(opened)).activities.at(-1);
    expect(reply?.channelData?.answer).toMatchObject({ id: 'grooming.definition', locale: 'nl' });
  });

  test('stays in the language of the welcome where the words do not tell', async () => {
    const opened = await begin(running.url, { locale: 'fr' });
    await call(opened, 'POST', '/activities', message('grooming'));
    expect((await read(opened)).activities.at(-1)?.locale).toBe('fr');
  });

  test('keeps what was said, not signs of typing and events', async () => {
    const opened = await begin();
    for (const type of ['typing', 'event'])
      await call(opened, 'POST', '/activities', { ...message(''), type });
    expect((await read(opened)).activities).toHaveLength(1);
  });

  test('is read on from a watermark', async () => {
    const opened = await begin();
    const { watermark } = await read(opened);
    await call(opened, 'POST', '/activities', message('hallo'));
    expect((await read(opened, watermark)).activities.map(({ from }) => from.role)).toEqual(['user', 'bot']);
  });

  test('keeps a message that was sent twice once', async () => {
    const opened = await begin();
    const ids = await Promise.all(
      [1, 2].map(async () => (await call(opened, 'POST', '/activities', message('hallo', 'same'))).json()),
    );
    expect(ids[0]).toEqual(ids[1]);
    expect((await read(opened)).activities.filter(({ from }) => from.role === 'user')).toHaveLength(1);
  });

  test('answers two messages at once in order, each once', async () => {
    const opened = await begin();
    await Promise.all(
      Array.from({ length: 10 }, (_, i) => call(opened, 'POST', '/activities', message(`hallo ${i}`))),
    );
    const roles = (await read(opened)).activities.slice(1).map(({ from }) => from.role);
    expect(roles).toEqual(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 'user' : 'bot')));
  });

  test('streams replies over a WebSocket, with the token in the address', async () => {
    const opened = await begin();
    const socket = new WebSocket(opened.streamUrl);
    const texts: string[] = [];
    const answered = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        const frame = String(data);
        if (frame === '') return;
        texts.push(...(JSON.parse(frame) as Kept).activities.map(({ text }) => text));
        if (texts.length >= 3) resolve();
      });
    });
    await new Promise((resolve) => socket.on('open', resolve));
    await call(opened, 'POST', '/activities', message('ben je een robot'));
    await answered;
    socket.close();
    expect(texts[1]).toBe('ben je een robot');
    expect(texts).toHaveLength(3);
  });

  test('answers a request for the stream that asks for no upgrade as a path that is not there', async () => {
    const opened = await begin();
    const response = await fetch(opened.streamUrl.replace(/^ws/, 'http'));
    expect(response.status).toBe(404);
  });

  test('is gone at once when the person clears it', async () => {
    const opened = await begin();
    expect((await call(opened, 'DELETE', '')).status).toBe(204);
    await expectError(await call(opened, 'GET', '/activities'), 404, 'ConversationNotFound');
  });

  test('never carries an attachment: files are refused with a kind text', async () => {
    const opened = await begin();
    const form = new FormData();
    form.set('file', new Blob(['x']), 'photo.png');
    const response = await fetch(path(`/conversations/${opened.conversationId}/upload`), {
      method: 'POST',
      headers: { authorization: `Bearer ${opened.token}`, 'accept-language': 'nl' },
      body: form,
    });
    await expectError(response, 415, 'UploadRefused');
    await call(opened, 'POST', '/activities', {
      ...message(''),
      attachments: [{ contentType: 'image/png', contentUrl: 'data:,' }],
    });
    const { activities } = await read(opened);
    expect(activities.at(-1)?.text).toMatch(/geen foto's.*stopchildporno\.be/s);
    expect(JSON.stringify(activities.slice(0, -1))).not.toContain('image/png');
  });

  test('can be renewed with a fresh token', async () => {
    const opened = await begin();
    const response = await fetch(path('/tokens/refresh'), {
      method: 'POST',
      headers: { authorization: `Bearer ${opened.token}` },
    });
    const fresh = (await response.json()) as Opened;
    expect(fresh.conversationId).toBe(opened.conversationId);
    expect((await call({ ...opened, token: fresh.token }, 'GET', '/activities')).status).toBe(200);
  });
});

describe('what is wrong gets the error of the protocol', () => {
  test('malformed JSON', async () => {
    await expectError(await call(await begin(), 'POST', '/activities', '{no'), 400, 'MalformedData');
  });

  test.each([[[]], ['text'], [{ text: 'no type' }], [{ type: 'message', text: 5 }]])(
    'no activity: %j',
    async (body) => {
      await expectError(
        await call(await begin(), 'POST', '/activities', JSON.stringify(body)),
        400,
        'BadArgument',
      );
    },
  );

  test('no token', async () => {
    const { conversationId } = await begin();
    await expectError(await fetch(path(`/conversations/${conversationId}/activities`)), 401, 'Unauthorized');
  });

  test('a token of somebody else’s making', async () => {
    const opened = await begin();
    await expectError(
      await call({ ...opened, token: `${opened.token}x` }, 'GET', '/activities'),
      401,
      'Unauthorized',
    );
  });

  test('an expired token', async () => {
    const token = await new SignJWT({ conv: 'a', key: 'b' })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('directline')
      .setExpirationTime(1)
      .sign(new TextEncoder().encode('a secret for tests only, long enough'));
    await expectError(await call({ ...(await begin()), token }, 'GET', '/activities'), 403, 'TokenExpired');
  });

  test('the conversation of somebody else', async () => {
    const [mine, theirs] = [await begin(), await begin()];
    await expectError(
      await call({ ...mine, conversationId: theirs.conversationId }, 'GET', '/activities'),
      403,
      'Forbidden',
    );
  });

  test.each(['abc', '-5', '1.5', '99999'])('a watermark that was never given: %s', async (watermark) => {
    await expectError(
      await call(await begin(), 'GET', `/activities?watermark=${watermark}`),
      400,
      'BadArgument',
    );
  });

  test('a body that is too large', async () => {
    const huge = message('x'.repeat(300_000));
    await expectError(await call(await begin(), 'POST', '/activities', huge), 413, 'MessageSizeTooBig');
  });

  test('a website that is not on the list', async () => {
    const response = await fetch(path('/tokens/generate'), {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example' },
    });
    await expectError(response, 403, 'Forbidden');
  });
});

test('a client without an Origin gets a token freely, and one from the list too', async () => {
  const listed = await startServer({ ALLOWED_ORIGINS: 'https://school.example' });
  const ask = (headers: Record<string, string>) =>
    fetch(path('/tokens/generate', listed.url), { method: 'POST', headers });
  expect((await ask({})).status).toBe(200);
  expect((await ask({ origin: 'https://school.example' })).status).toBe(200);
  expect((await ask({ origin: listed.url })).status).toBe(200);
  await listed.server.close();
});

test('with a secret configured, a foreign client must show it', async () => {
  const closed = await startServer({ DIRECTLINE_SECRET: 'a-secret-of-some-length' });
  const ask = (headers: Record<string, string>) =>
    fetch(path('/tokens/generate', closed.url), { method: 'POST', headers });
  await expectError(await ask({}), 403, 'Forbidden');
  expect((await ask({ authorization: 'Bearer a-secret-of-some-length' })).status).toBe(200);
  await closed.server.close();
});

test('too many requests from one address are slowed down', async () => {
  const slow = await startServer({ RATE_LIMIT: '3' });
  const ask = () => fetch(path('/tokens/generate', slow.url), { method: 'POST' });
  await Promise.all([ask(), ask(), ask()]);
  const response = await ask();
  expect(response.headers.get('retry-after')).toBeTruthy();
  await expectError(response, 429, 'TooManyRequests');
  await slow.server.close();
});

test('the database alone reveals no message', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'sealed-')), 'chats.sqlite');
  const sealed = await startServer({}, { store: createSqliteStore(file) });
  const opened = await begin(sealed.url);
  await call(
    opened,
    'POST',
    '/activities',
    message('my name is Rosalind and someone is blackmailing me'),
    sealed.url,
  );
  await sealed.server.close();
  await sealed.store.close();
  const kept = readFileSync(file).toString('latin1');
  // The number alone may stand in an id by chance.
  expect(kept).not.toMatch(/Rosalind|blackmail|116.{1,2}000/);
});
