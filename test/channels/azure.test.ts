/**
 * The channel of Azure Bot Service with real signatures: a key server that stands in for Microsoft's, tokens signed and
 * forged, and a connector that catches what the bot answers.
 */
import { createHmac, KeyObject } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import Fastify, { type FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BotEvent } from '../../src/bot/index.ts';
import { createBotRunner } from '../../src/bot/index.ts';
import { registerAzure } from '../../src/channels/azure/index.ts';
import { type ConversationStore, createMemoryStore } from '../../src/storage/index.ts';
import { openBrain, startServer } from '../helpers.ts';

const APP = '11111111-2222-3333-4444-555555555555';
const ISSUER = 'https://keys.example';
const KEY = 'key-1';

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
interface Sent {
  readonly text: string;
  readonly locale?: string;
  readonly channelData?: unknown;
  readonly attachments?: readonly unknown[];
  readonly suggestedActions?: {
    readonly to: readonly string[];
    readonly actions: readonly { readonly title: string }[];
  };
  readonly replyToId?: string;
}

let ours: Key;
let foreign: Key;
/** As everybody can compute it from the key server. */
let publicKey = '';
let microsoft: Server;
let base = '';
let bot: FastifyInstance;
let store: ConversationStore;
const events: BotEvent[] = [];
/** What the connector was sent, with the authorization that was shown. */
let sent: (Sent & { readonly authorization: string | undefined })[] = [];
let isRefusing = false;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Signs what the bot sends; Microsoft's sign-in itself is not part of this test. */
class Credentials extends ConfigurationServiceClientCredentialFactory {
  constructor() {
    super({ MicrosoftAppId: APP, MicrosoftAppPassword: 'secret', MicrosoftAppType: 'MultiTenant' });
  }

  override async createCredentials() {
    return {
      signRequest: async (request: { headers: { set(name: string, value: string): void } }) => {
        request.headers.set('authorization', 'Bearer from-the-bot');
        return request;
      },
    } as never;
  }
}

beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  ours = pair.privateKey;
  publicKey = String(KeyObject.from(pair.publicKey).export({ type: 'pkcs1', format: 'pem' }));
  foreign = (await generateKeyPair('RS256')).privateKey;
  const jwk: JWK & { endorsements?: string[] } = {
    ...(await exportJWK(pair.publicKey)),
    kid: KEY,
    use: 'sig',
    endorsements: ['msteams', 'facebook'],
  };
  microsoft = createHttpServer(async (request, response) => {
    const json = (body: unknown) =>
      response
        .writeHead(isRefusing ? 500 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    if (request.url === '/openid') return json({ issuer: ISSUER, jwks_uri: `${base}/keys` });
    if (request.url === '/keys') return json({ keys: [jwk] });
    const activity = JSON.parse(await bodyOf(request)) as Sent;
    if (!isRefusing) sent.push({ ...activity, authorization: request.headers.authorization });
    json({ id: 'sent' });
  });
  await new Promise<void>((resolve) => microsoft.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(microsoft.address() as AddressInfo).port}`;

  const brain = await openBrain();
  store = createMemoryStore();
  bot = Fastify();
  registerAzure(bot, {
    brain,
    runBot: createBotRunner(brain),
    store,
    secret: 'a secret for tests only, long enough',
    authentication: new ConfigurationBotFrameworkAuthentication(
      {
        ToBotFromChannelTokenIssuer: ISSUER,
        ToBotFromChannelOpenIdMetadataUrl: `${base}/openid`,
        ToBotFromEmulatorOpenIdMetadataUrl: `${base}/openid`,
        ToChannelFromBotLoginUrl: base,
        ToChannelFromBotOAuthScope: 'https://api.botframework.com',
        OAuthUrl: base,
      },
      new Credentials(),
    ),
    now: Date.now,
    observe: (told) => events.push(...told),
  });
});
afterAll(async () => {
  await bot.close();
  microsoft.close();
});
beforeEach(() => {
  sent = [];
  isRefusing = false;
  events.length = 0;
  // The SDK prints what it refuses.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

let count = 0;
const activity = (more: object = {}) => ({
  type: 'message',
  id: `m${count++}`,
  channelId: 'msteams',
  serviceUrl: base,
  from: { id: '29:somebody', name: 'Rosalind Franklin', aadObjectId: 'aad-rosalind' },
  recipient: { id: '28:bot' },
  conversation: { id: `c${count++}`, conversationType: 'personal' },
  locale: 'nl-BE',
  text: 'wat is grooming',
  ...more,
});

interface Claims {
  readonly key?: Key;
  readonly issuer?: string;
  readonly audience?: string;
  readonly serviceUrl?: string;
  readonly expires?: string;
  readonly kid?: string;
}

const tokenOf = ({ key, issuer, audience, serviceUrl, expires, kid }: Claims = {}) =>
  new SignJWT({ serviceurl: serviceUrl ?? base })
    .setProtectedHeader({ alg: 'RS256', kid: kid ?? KEY })
    .setIssuer(issuer ?? ISSUER)
    .setAudience(audience ?? APP)
    .setIssuedAt()
    .setExpirationTime(expires ?? '5m')
    .sign(key ?? ours);

async function post(body: object, authorization?: string) {
  const shown = authorization ?? `Bearer ${await tokenOf()}`;
  return bot.inject({
    method: 'POST',
    url: '/api/messages',
    headers: { authorization: shown },
    payload: body,
  });
}

describe('a signed message', () => {
  test('is answered through the connector, in the person’s language, signed by the bot', async () => {
    expect((await post(activity({ locale: 'fr-BE', text: "c'est quoi le grooming ?" }))).statusCode).toBe(
      200,
    );
    expect(sent[0]).toMatchObject({ locale: 'fr', authorization: 'Bearer from-the-bot' });
    expect(sent[0]?.text).toMatch(/adulte/);
  });

  test('is remembered for the next one, by instances that share the store', async () => {
    const conversation = { id: 'follow-up' };
    await post(activity({ conversation, text: 'hoeveel dossiers grooming waren er in 2018?' }));
    sent = [];
    await post(activity({ conversation, text: 'en in 2017?' }));
    expect(sent[0]?.text).toContain('43');
  });

  test('that is sent again is not answered again', async () => {
    const message = activity();
    await post(message);
    const before = sent.length;
    expect((await post(message)).statusCode).toBe(200);
    expect(sent).toHaveLength(before);
  });

  test('is told to those who count, like any other', async () => {
    await post(activity());
    expect(events.map(({ kind }) => kind)).toEqual(['answered']);
  });

  test('with the same text as HTML beside it, as Teams sends it, is no upload', async () => {
    await post(activity({ attachments: [{ contentType: 'text/html', content: '<p>wat is grooming</p>' }] }));
    expect(sent[0]?.text).toMatch(/volwassene/);
  });

  test('with a picture gets the kind text', async () => {
    await post(
      activity({ text: '', attachments: [{ contentType: 'image/png', contentUrl: 'https://x.example' }] }),
    );
    expect(sent[0]?.text).toMatch(/geen foto's/);
  });
});

describe('honesty', () => {
  test('the first reply says that the text passes through another company; the next ones do not repeat it', async () => {
    const conversation = { id: 'honest' };
    await post(activity({ conversation }));
    expect(sent.at(-1)?.text).toMatch(/Microsoft Teams.*bewaard.*116/s);
    sent = [];
    await post(activity({ conversation, text: 'wat is sexting' }));
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['nl', 'worden mijn gesprekken bewaard', /wissen kan ik hier niet/i],
    ['fr', 'est-ce que mes conversations sont gardées', /je ne peux pas l'effacer/i],
    ['en', 'is this chat private', /can't erase it/i],
  ])('and it is said again to who asks about privacy (%s)', async (locale, text, words) => {
    const conversation = { id: `privacy-${locale}` };
    await post(activity({ conversation, locale, text: 'sexting' }));
    sent = [];
    await post(activity({ conversation, locale, text }));
    expect(sent.at(-1)?.text).toMatch(words);
  });
});

describe('the welcome', () => {
  const joined = (members: object[]) =>
    activity({ type: 'conversationUpdate', text: undefined, membersAdded: members });

  test('is for the person, not for the bot that was added', async () => {
    await post(joined([{ id: '28:bot' }]));
    expect(sent).toEqual([]);
    await post(joined([{ id: '28:bot' }, { id: '29:somebody' }]));
    expect(sent[0]?.text).toMatch(/computerprogramma/);
  });

  test('and everything else stays out of groups', async () => {
    await post(activity({ conversation: { id: 'class', isGroup: true } }));
    expect(sent).toEqual([]);
  });
});

describe('each channel is sent what it can show', () => {
  test('Teams gets the card with the contacts, and none of our own data', async () => {
    await post(activity({ text: 'iemand chanteert mij met mijn foto' }));
    expect(sent[0]?.attachments).toHaveLength(1);
    expect(sent[0]?.channelData).toBeUndefined();
    expect(sent[0]?.suggestedActions?.to).toEqual(['29:somebody']);
  });

  test('Messenger gets the contacts as text, short buttons and no card', async () => {
    await post(activity({ channelId: 'facebook', text: 'iemand chanteert mij met mijn foto' }));
    const [reply] = sent;
    expect(reply?.attachments ?? []).toEqual([]);
    expect(reply?.text).toMatch(/Child Focus: 116/);
    const titles = reply?.suggestedActions?.actions.map(({ title }) => title) ?? [];
    expect(titles.length).toBeGreaterThan(0);
    expect(Math.max(...titles.map((title) => title.length))).toBeLessThanOrEqual(20);
  });
});

describe('what is not signed by the service is refused, and the bot says nothing', () => {
  const unsigned = async (claims: Claims) => `Bearer ${await tokenOf(claims)}`;

  test.each<[string, () => Promise<string>, object]>([
    ['no token', async () => '', {}],
    ['no token at all, but the scheme', async () => 'Bearer ', {}],
    ['nonsense', async () => 'Bearer a.b.c', {}],
    ['a key of somebody else', () => unsigned({ key: foreign }), {}],
    ['a key that is not published', () => unsigned({ key: foreign, kid: 'key-2' }), {}],
    ['another issuer', () => unsigned({ issuer: 'https://elsewhere.example' }), {}],
    ['another bot', () => unsigned({ audience: '99999999-2222-3333-4444-555555555555' }), {}],
    ['an expired token', () => unsigned({ expires: '-10m' }), {}],
    ['another service address', () => unsigned({ serviceUrl: 'https://elsewhere.example' }), {}],
    ['a channel that the key does not vouch for', () => unsigned({}), { channelId: 'directline' }],
    ['the channel with its own rules', () => unsigned({ key: foreign }), { channelId: 'AseChannel' }],
    [
      'no signature',
      async () => {
        const [, payload] = (await tokenOf()).split('.');
        const header = Buffer.from(JSON.stringify({ alg: 'none', kid: KEY })).toString('base64url');
        return `Bearer ${header}.${payload}.`;
      },
      {},
    ],
    [
      'the public key used as a password',
      async () => {
        const [, payload] = (await tokenOf()).split('.');
        const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: KEY })).toString('base64url');
        const mac = createHmac('sha256', publicKey).update(`${header}.${payload}`).digest('base64url');
        return `Bearer ${header}.${payload}.${mac}`;
      },
      {},
    ],
  ])('%s', async (_name, authorization, more) => {
    const response = await post(activity(more), await authorization());
    expect(response.statusCode).toBe(401);
    expect(response.json()).toEqual({ error: { code: 'Unauthorized', message: expect.any(String) } });
    expect(sent).toEqual([]);
  });

  test.each([[{}], [[]], [{ type: 'message' }], [{ ...activity(), serviceUrl: 'file:///etc/passwd' }]])(
    'and what is no activity: %j',
    async (body) => {
      expect((await post(body)).statusCode).toBe(400);
    },
  );
});

test('a connector that fails is told as a failure, and the message is answered when it comes again', async () => {
  const message = activity();
  isRefusing = true;
  const failed = await post(message);
  expect(failed.statusCode).toBe(503);
  expect(failed.headers['retry-after']).toBeDefined();
  isRefusing = false;
  await post(message);
  expect(sent[0]?.text).toMatch(/volwassene/);
});

test('the store learns neither who wrote, nor what, nor where', async () => {
  const seen: string[] = [];
  const told = new Proxy(store, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        seen.push(
          args
            .flatMap((arg) => (typeof arg === 'object' && arg !== null ? Object.values(arg).flat() : [arg]))
            .map((part) => (part instanceof Uint8Array ? Buffer.from(part).toString('latin1') : String(part)))
            .join(' '),
        );
        return method.apply(target, args);
      };
    },
  });
  const brain = await openBrain();
  const { createMemory } = await import('../../src/channels/azure/memory.ts');
  const { createTurns } = await import('../../src/channels/azure/turns.ts');
  const turns = createTurns({
    brain,
    runBot: createBotRunner(brain),
    recall: createMemory(told, 'a secret for tests only, long enough'),
    observe: () => undefined,
  });
  const message = activity({
    text: 'ik ben Rosalind, wat is grooming',
    conversation: { id: 'teams-conversation' },
  });
  await turns({ activity: message, sendActivities: async () => [] } as never);
  const all = seen.join('\n');
  expect(seen.length).toBeGreaterThan(1);
  for (const secret of ['Rosalind', 'grooming', '29:somebody', 'teams-conversation', 'aad-rosalind'])
    expect(all).not.toContain(secret);
});

describe('the channel in the server', () => {
  test('is off where no credentials are configured', async () => {
    const { server, url } = await startServer();
    expect((await fetch(`${url}/api/messages`, { method: 'POST' })).status).toBe(404);
    await server.close();
  });

  test('is on where they are, and lets in nobody without a signature', async () => {
    const { server, url } = await startServer({
      MICROSOFT_APP_ID: APP,
      MICROSOFT_APP_PASSWORD: 'secret',
      MICROSOFT_APP_TYPE: 'MultiTenant',
    });
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity()),
    });
    expect(response.status).toBe(401);
    await server.close();
  });
});
