/**
 * `npm run playground` opens the bot to the Microsoft 365 Agents Playground, a local client that plays Teams: on this
 * machine only, without signatures. Not for production: nothing in the configuration can open the bot like this.
 */
import { randomBytes } from 'node:crypto';
import Fastify from 'fastify';
import { createBotRunner } from '../bot/index.ts';
import { localAuthentication, registerAzure } from '../channels/azure/index.ts';
import { createMemoryStore, KEY_BYTES } from '../storage/index.ts';
import { readCall } from './call.ts';
import { openBrain } from './open.ts';

const { values } = readCall(
  'Use: npm run playground [-- --port 3979]\nOpens the bot to a local client that plays Teams, on this machine only.',
  { port: { type: 'string', default: '3979' } },
);
const brain = await openBrain();
const server = Fastify();
registerAzure(server, {
  brain,
  runBot: createBotRunner(brain),
  store: createMemoryStore(),
  secret: randomBytes(KEY_BYTES).toString('base64url'),
  authentication: localAuthentication(),
  now: Date.now,
  observe: () => undefined,
});
const address = await server.listen({ port: Number(values.port), host: '127.0.0.1' });
console.log(`The bot waits for a local client at ${address}/api/messages

The client is Microsoft's and not part of this project (its licence allows evaluation). In another terminal:
  npx @microsoft/m365agentsplayground --app-endpoint ${address}/api/messages --channel-id msteams --disable-telemetry

Stop with Ctrl+C.`);
