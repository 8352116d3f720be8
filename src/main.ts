/** `npm start`: reads the configuration, wires the rooms, starts the server. */
import { join, resolve } from 'node:path';
import { describeProblem } from './cli/open.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { type InsightStore, insightChoice, NewerInsights, openInsights } from './insights/index.ts';
import { LEARNING } from './learning/index.ts';
import { type KnowledgeStatus, type LiveBrain, openLiveBrain } from './live/index.ts';
import { createServer, tokenSecret } from './server/index.ts';
import {
  type ConversationStore,
  NewerDatabase,
  openStore,
  type StoreChoice,
  StoreUnavailable,
} from './storage/index.ts';

const MINUTE = 60_000;
const ROOT = join(import.meta.dirname, '..');

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function configuration(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message);
    throw error;
  }
}

async function openLive(sessionMinutes: number): Promise<LiveBrain> {
  const opened = await openLiveBrain({
    root: ROOT,
    cacheFolder: join(ROOT, '.cache'),
    sessionMinutes,
    now: () => new Date(),
    clock: () => performance.now(),
    onLearning: () => console.log(LEARNING),
  });
  if (opened.ok) return opened.live;
  fail(
    `The bot does not start: its knowledge has errors.\n${opened.problems.map(describeProblem).join('\n')}`,
  );
}

async function storeOf({ STORE, REDIS_URL, SESSION_MINUTES, DATA_DIR }: Config): Promise<ConversationStore> {
  const choices: Record<Config['STORE'], StoreChoice> = {
    memory: { kind: 'memory' },
    sqlite: { kind: 'sqlite', file: join(resolve(ROOT, DATA_DIR), 'chats.sqlite') },
    redis: { kind: 'redis', urls: REDIS_URL },
  };
  try {
    return await openStore(choices[STORE], { silence: SESSION_MINUTES * MINUTE });
  } catch (error) {
    if (error instanceof NewerDatabase) fail(error.message);
    if (error instanceof StoreUnavailable)
      fail(
        `The bot does not start: ${error.message}\nSee that the server of REDIS_URL runs and lets this machine in.`,
      );
    throw error;
  }
}

async function countsOf(config: Config, dataFolder: string): Promise<InsightStore> {
  try {
    return await openInsights(insightChoice(config, dataFolder));
  } catch (error) {
    if (error instanceof NewerInsights) fail(error.message);
    throw error;
  }
}

const config = configuration();
const dataFolder = resolve(ROOT, config.DATA_DIR);
const live = await openLive(config.SESSION_MINUTES);
const { brain } = live;
const store = await storeOf(config);
const server = await createServer({
  brain,
  config,
  store,
  tokenSecret: await tokenSecret(config.TOKEN_SECRET, dataFolder),
  root: ROOT,
  dataFolder,
  insights: await countsOf(config, dataFolder),
  pageFolder: join(ROOT, 'dist', 'web'),
  now: Date.now,
  knowledgeStatus: () => live.status(),
  onKnowledge: (listener) => live.onStatus(listener),
});
function tellStatus({ state, hash, kept, problems }: KnowledgeStatus): void {
  const knowledge = { state, hash: hash.slice(0, 16), kept };
  if (state === 'broken') {
    const reasons = problems.map(describeProblem);
    server.log.error({ knowledge, reasons }, 'knowledge has errors: the last good version stays in use');
  } else server.log.info({ knowledge }, 'knowledge in use');
}
live.onStatus(tellStatus);
if (live.status().problems.length > 0) tellStatus(live.status());

async function stop(): Promise<void> {
  await server.close();
  await live.close();
  await store.close();
  process.exit(0);
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

const address = await server
  .listen({ port: config.PORT, host: config.HOST })
  .catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      fail(`Port ${config.PORT} is in use. Choose another one, for example: PORT=4000 npm start`);
    throw error;
  });
const { knowledge } = brain;
const phrasings = Object.values(knowledge.answers)
  .flatMap((answers) => Object.values(answers))
  .reduce((sum, answer) => sum + answer.phrasings.length, 0);
console.log(`
The chat is open: ${address.replace('127.0.0.1', 'localhost')}
  languages:  ${knowledge.locales.join(', ')}
  answers:    ${Object.keys(knowledge.answers).length} (${phrasings} example questions)
  store:      ${config.STORE}${config.STORE === 'sqlite' ? ` in ${config.DATA_DIR}, erased after ${config.SESSION_MINUTES} minutes of silence` : ''}
Optional and off: ${[
  config.DIRECTLINE_SECRET === undefined && 'secret for foreign clients (DIRECTLINE_SECRET)',
  config.ALLOWED_ORIGINS.length === 0 && 'embedding in other websites (ALLOWED_ORIGINS)',
  config.TRUST_PROXY.length === 0 && 'running behind a proxy (TRUST_PROXY)',
]
  .filter((line) => line !== false)
  .join(', ')}
`);
