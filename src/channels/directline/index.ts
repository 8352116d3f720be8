import { createHmac, randomBytes } from 'node:crypto';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Observe, RunBot } from '../../bot/index.ts';
import type { Brain } from '../../brain.ts';
import { BrokenSeal, type ConversationStore, StoreUnavailable } from '../../storage/index.ts';
import { createAccess } from './access.ts';
import { createConversations } from './conversations.ts';
import { DirectLineError, storeAway, unknownConversation } from './errors.ts';
import { registerRoutes } from './routes.ts';
import { createStreams, type Streams } from './streams.ts';
import { createTokens } from './tokens.ts';

export interface DirectLineOptions {
  readonly brain: Brain;
  readonly runBot: RunBot;
  readonly store: ConversationStore;
  readonly tokenSecret: string;
  readonly secret: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly sessionMinutes: number;
  /** Requests a minute from one address. */
  readonly rateLimit: number;
  readonly now: () => number;
  readonly observe: Observe;
}

const SECONDS = 60;
const DAY = 24 * 60 * 60 * 1000;
const MAX_FRAME = 64_000;
/** Seconds after which a client may try again, where the store is away. */
const RETRY_AFTER = 2;

/** Names an address without keeping it: a keyed hash whose key lives in memory for a day. */
function createAddressKey(now: () => number): (request: FastifyRequest) => string {
  let salt = randomBytes(32);
  let since = now();
  return (request) => {
    if (now() - since > DAY) {
      salt = randomBytes(32);
      since = now();
    }
    return createHmac('sha256', salt).update(request.ip).digest('base64url');
  };
}

/** Errors of the rooms below, as the protocol tells them. */
function forClients(error: Error & { statusCode?: number }): Error & { statusCode?: number } {
  if (error instanceof StoreUnavailable) return storeAway();
  // Data that were damaged on the disk cannot be opened any more: the person can only start anew.
  if (error instanceof BrokenSeal) return unknownConversation();
  return error;
}

/** Adds the Direct Line 3.0 channel to a server. Returns its open streams, to count and to end them. */
export async function registerDirectLine(
  server: FastifyInstance,
  options: DirectLineOptions,
): Promise<Streams> {
  const tokens = createTokens(options.tokenSecret, options.sessionMinutes * SECONDS);
  const access = createAccess(tokens, options.allowedOrigins, options.secret);
  const conversations = createConversations({
    store: options.store,
    runBot: options.runBot,
    now: options.now,
    observe: options.observe,
  });
  const streams = createStreams(conversations, { silence: options.sessionMinutes * SECONDS * 1000 });
  options.store.subscribe((change) => {
    switch (change.kind) {
      case 'appended':
        return streams.notify(change.conversationId);
      case 'erased':
        return streams.end(change.conversationId);
      case 'missed':
        return streams.notifyAll();
    }
  });

  await server.register(websocket, { options: { maxPayload: MAX_FRAME } });
  await server.register(async (scope) => {
    scope.setErrorHandler((thrown: Error & { statusCode?: number }, request, reply) => {
      const error = forClients(thrown);
      const status = error.statusCode ?? 500;
      if (status >= 500 || error !== thrown)
        request.log.error({ error: thrown.name, reason: thrown.message }, 'request failed');
      if (status === 503) reply.header('retry-after', RETRY_AFTER);
      const code = error instanceof DirectLineError ? error.code : codeFor(status);
      const message =
        status >= 500 && status !== 503
          ? 'Something went wrong on our side. Please try again.'
          : error.message;
      return reply.code(status).send({ error: { code, message } });
    });
    acceptBodies(scope);
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    await scope.register(cors, {
      delegator: (request, done) =>
        done(null, {
          origin: access.isAllowedOrigin(request),
          methods: ['GET', 'POST', 'DELETE'],
          maxAge: 600,
        }),
    });
    await scope.register(rateLimit, {
      max: options.rateLimit,
      timeWindow: '1 minute',
      keyGenerator: createAddressKey(options.now),
      errorResponseBuilder: (_request, { after }) =>
        new DirectLineError(429, 'TooManyRequests', `Too many requests. Please try again in ${after}.`),
    });
    registerRoutes(scope, { access, brain: options.brain, conversations, streams, tokens });
  });
  return streams;
}

/** Clients send empty bodies as JSON, and files as anything: the first are read as nothing, the second are not read. */
function acceptBodies(scope: FastifyInstance): void {
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(new DirectLineError(400, 'MalformedData', 'The body is not valid JSON.'));
    }
  });
  scope.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null);
  });
}

/** Codes for errors that the framework found before our routes did. */
function codeFor(status: number): string {
  switch (status) {
    case 400:
      return 'MalformedData';
    case 413:
      return 'MessageSizeTooBig';
    case 415:
      return 'UnsupportedMediaType';
    case 429:
      return 'TooManyRequests';
    default:
      return status >= 500 ? 'ServerError' : 'BadArgument';
  }
}
