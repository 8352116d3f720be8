import { existsSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import { createBotRunner, type Observe } from '../bot/index.ts';
import type { Brain } from '../brain.ts';
import { registerDirectLine } from '../channels/directline/index.ts';
import type { Config } from '../config.ts';
import { registerEditor } from '../editor/index.ts';
import { FileRoster, membersFromEnvironment, registerStaff } from '../staff/index.ts';
import type { ConversationStore } from '../storage/index.ts';
import { registerPage } from './page.ts';

export interface ServerDeps {
  readonly brain: Brain;
  readonly config: Config;
  readonly store: ConversationStore;
  readonly tokenSecret: string;
  /** Folder of the project, whose `knowledge/` staff edit. */
  readonly root: string;
  /** Folder of what this instance keeps: the list of staff. */
  readonly dataFolder: string;
  /** Folder of the built page; a server without it serves the channel alone. */
  readonly pageFolder: string;
  readonly now: () => number;
  /** Those who count what happens: insights, metrics. */
  readonly observers?: readonly Observe[];
}

const MAX_BODY = 256_000;
const SWEEP_EVERY = 30_000;
const MINUTE = 60_000;

/** Builds the server: security headers, the channel, the page, health. Listening is the caller's work. */
export async function createServer(deps: ServerDeps): Promise<FastifyInstance> {
  const { brain, config, store } = deps;
  const server = Fastify({
    bodyLimit: MAX_BODY,
    trustProxy: config.TRUST_PROXY,
    // Requests are not logged: an address or a token in a log would say who talked here.
    disableRequestLogging: true,
    logger: config.LOG_LEVEL === 'silent' ? false : { level: config.LOG_LEVEL },
    // Requests under way are answered before the server stops; streams are ended below.
    forceCloseConnections: 'idle',
  });
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'self'", ...config.ALLOWED_ORIGINS],
      },
    },
    crossOriginEmbedderPolicy: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: false,
  });
  const streams = await registerDirectLine(server, {
    brain,
    runBot: createBotRunner(brain),
    store,
    tokenSecret: deps.tokenSecret,
    secret: config.DIRECTLINE_SECRET,
    allowedOrigins: config.ALLOWED_ORIGINS,
    sessionMinutes: config.SESSION_MINUTES,
    rateLimit: config.RATE_LIMIT,
    now: deps.now,
    observe: (events) => {
      for (const observe of deps.observers ?? []) observe(events);
    },
  });
  const staff = await registerStaff(server, {
    brain,
    roster: new FileRoster(deps.dataFolder, membersFromEnvironment(config.STAFF_TOKEN_HASHES)),
    secret: deps.tokenSecret,
    now: deps.now,
  });
  registerEditor(server, { brain, staff, root: deps.root, now: deps.now });
  registerPage(server, brain, config);
  if (existsSync(join(deps.pageFolder, 'index.html'))) {
    await server.register(fastifyStatic, { root: deps.pageFolder, index: 'index.html' });
    server.get('/chat', (_request, reply) => reply.sendFile('index.html'));
  }

  const sweep = async () => {
    try {
      await store.eraseSilent(deps.now() - config.SESSION_MINUTES * MINUTE);
    } catch (error) {
      server.log.error({ reason: String(error) }, 'silent conversations could not be erased');
    }
  };
  const sweeper = setInterval(sweep, SWEEP_EVERY);
  server.addHook('preClose', async () => {
    clearInterval(sweeper);
    streams.endAll();
  });
  return server;
}
