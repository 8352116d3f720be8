/** The channel and the store alone, with a function that only repeats what it hears: nothing a turn could cost less than. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import type { RunBot } from '../bot/index.ts';
import { registerDirectLine } from '../channels/directline/index.ts';
import { createSqliteStore } from '../storage/index.ts';

const MANY = 1_000_000_000;

const echo: RunBot = async (activity) => ({
  replies: [{ type: 'message', text: activity.text ?? 'hello' }],
  state: {},
  events: [],
});

const store = createSqliteStore(join(process.env.DATA_DIR ?? tmpdir(), 'chats.sqlite'));
const server = Fastify({ logger: false });
await registerDirectLine(server, {
  brain: { localeFor: () => 'nl', uploadRefused: () => ({ plain: '' }) },
  runBot: echo,
  store,
  tokenSecret: 'a secret for load tests only, long enough',
  previousTokenSecret: undefined,
  secret: undefined,
  allowedOrigins: [],
  sessionMinutes: 30,
  limits: {
    requestsPerVisitor: MANY,
    requestsPerAddress: MANY,
    conversationsPerAddress: MANY,
    socketsPerAddress: MANY,
    sockets: MANY,
  },
  now: Date.now,
  observe: () => undefined,
});
console.log(
  `The chat is open: ${await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })}`,
);
