/** What a whole life of a server writes to its log: nothing of anybody. */
import { Writable } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { describeError } from '../../src/server/logging.ts';
import { createMemoryStore } from '../../src/storage/index.ts';
import { startServer } from '../helpers.ts';
import { begin, type Visitor } from './client.ts';

const ADDRESS = '203.0.113.77';
const TEXT = 'mijn naam is Rosalind en iemand chanteert mij';

let log = '';
let visitor: Visitor;

/** A chat with everything that can go well or wrong in it, at the most talkative level. */
beforeAll(async () => {
  const logStream = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk);
      done();
    },
  });
  const store = createMemoryStore();
  let isBroken = false;
  const failing = {
    ...store,
    append: (...args: Parameters<typeof store.append>) =>
      isBroken ? Promise.reject(new Error(`no room for ${args[0]}`)) : store.append(...args),
  };
  const { server, url } = await startServer(
    { LOG_LEVEL: 'debug', TRUST_PROXY: 'loopback', RATE_LIMIT: '100', METRICS_TOKEN: 'a-token-for-metrics' },
    { store: failing, logStream },
  );
  visitor = await begin(url, 'nl', { 'x-forwarded-for': ADDRESS });
  await visitor.send(TEXT);
  await visitor.upload();
  await visitor.call('GET', `/nothing/${TEXT}?t=${visitor.token}`);
  await visitor.call('POST', '/activities', {
    body: `{"text": "${TEXT}`,
    headers: { 'content-type': 'application/json' },
  });
  await fetch(`${url}/${visitor.conversationId}?t=${visitor.token}`);
  await fetch(`${url}/%zz${visitor.token}`);
  const socket = new WebSocket(visitor.streamUrl);
  await new Promise((resolve) => socket.on('message', resolve));
  socket.terminate();
  isBroken = true;
  expect((await visitor.send(TEXT)).status).toBe(500);
  for (let i = 0; i < 100; i++) await visitor.call('GET', '/activities');
  await server.close();
});

describe('the log of a whole chat', () => {
  test('is written at all: a fault of ours is in it, with the place where it happened', () => {
    const lines = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string; err?: { stack: string } });
    const fault = lines.find(({ msg }) => msg === 'request failed');
    expect(fault?.err?.stack).toContain('conversations.ts');
  });

  test.each<[string, () => string]>([
    ['what was said', () => 'Rosalind'],
    ['a word of it', () => 'chanteert'],
    ['the token', () => visitor.token],
    ['the signature of the token', () => visitor.token.split('.')[2] ?? ''],
    ['the conversation', () => visitor.conversationId],
    ['the address', () => ADDRESS],
    ['what the bot said', () => 'stopchildporno'],
    ['the token of the metrics', () => 'a-token-for-metrics'],
  ])('does not hold %s', (_name, secret) => {
    expect(secret().length).toBeGreaterThan(2);
    expect(log.toLowerCase()).not.toContain(secret().toLowerCase());
  });
});

describe('an error in the log', () => {
  test('has no message where the runtime may have quoted somebody', () => {
    const error = (() => {
      try {
        return JSON.parse(`{"text": ${TEXT}`);
      } catch (caught) {
        return caught;
      }
    })();
    expect(String(error)).toContain('mijn');
    expect(JSON.stringify(describeError(error))).not.toContain('mijn');
  });

  test('keeps the message of the system and the store, which says what to mend', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    expect(describeError(error)).toMatchObject({ code: 'ENOSPC', message: error.message });
  });
});
