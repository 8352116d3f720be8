import cors from '@fastify/cors';
import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import type { Observe, RunBot } from '../../bot/index.ts';
import { BrokenSeal, type ConversationStore, StoreUnavailable } from '../../storage/index.ts';
import { createAccess } from './access.ts';
import { createConversations } from './conversations.ts';
import { DirectLineError, storeAway, unknownConversation, unknownPath } from './errors.ts';
import { createGuard, type Limits } from './limits.ts';
import { type ChannelVoice, registerRoutes } from './routes.ts';
import { createStreams, type Streams } from './streams.ts';
import { createTokens } from './tokens.ts';
import { endUnopened } from './upgrades.ts';

export { createAddressNames, createRate } from './limits.ts';
export { createQueue } from './queue.ts';

export interface DirectLineOptions {
  readonly brain: ChannelVoice;
  readonly runBot: RunBot;
  readonly store: ConversationStore;
  readonly tokenSecret: string;
  /** The secret before the present one: its tokens are still accepted, none are made with it. */
  readonly previousTokenSecret: string | undefined;
  readonly secret: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly sessionMinutes: number;
  readonly limits: Limits;
  readonly now: () => number;
  readonly observe: Observe;
}

const SECONDS = 60;
const MAX_FRAME = 64_000;
const PREFIX = '/v3/directline';

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
  const tokens = createTokens({
    secret: options.tokenSecret,
    previous: options.previousTokenSecret,
    lifetime: options.sessionMinutes * SECONDS,
  });
  const guard = createGuard(options.limits, options.now);
  const access = createAccess(tokens, guard, options.allowedOrigins, options.secret);
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
        return streams.notify(change.conversationId, change.last);
      case 'erased':
        return streams.end(change.conversationId);
      case 'missed':
        return streams.notifyAll();
    }
  });

  await server.register(websocket, {
    options: { maxPayload: MAX_FRAME },
    // Clients are told why: with this code they come back, to another instance or after the restart.
    preClose(done) {
      streams.endAll();
      server.websocketServer.close(done);
    },
  });
  endUnopened(server.server);
  await server.register(
    async (scope) => {
      answerErrors(scope);
      acceptBodies(scope);
      scope.addHook('onSend', async (_request, reply) => {
        reply.header('cache-control', 'no-store');
      });
      await scope.register(cors, {
        delegator: (request, done) =>
          done(null, {
            origin: access.isAllowedOrigin(request),
            methods: ['GET', 'POST', 'DELETE'],
            exposedHeaders: ['retry-after'],
            maxAge: 600,
          }),
      });
      scope.addHook('onRequest', async (request) => guard.address(request.ip));
      registerRoutes(scope, {
        access,
        brain: options.brain,
        conversations,
        guard,
        prefix: PREFIX,
        streams,
        tokens,
      });
    },
    { prefix: PREFIX },
  );
  return streams;
}

/** Every error in the shape of the protocol; an unknown path too, whose address is neither logged nor repeated. */
function answerErrors(scope: FastifyInstance): void {
  scope.setErrorHandler((thrown: Error & { statusCode?: number }, request, reply) => {
    const error = forClients(thrown);
    const status = error.statusCode ?? 500;
    const known = error instanceof DirectLineError ? error : undefined;
    if ((status >= 500 && !known) || error !== thrown) request.log.error({ err: thrown }, 'request failed');
    if (known?.retryAfter !== undefined) reply.header('retry-after', known.retryAfter);
    const message =
      known || status < 500 ? error.message : 'Something went wrong on our side. Please try again.';
    return reply.code(status).send({ error: { code: known?.code ?? codeFor(status), message } });
  });
  scope.setNotFoundHandler(() => {
    throw unknownPath();
  });
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
