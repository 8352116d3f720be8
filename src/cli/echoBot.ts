/** This project's server with the SDK's echo bot in it: what understanding and answering cost is what it takes less. */
import { join } from 'node:path';
import { createRunner, EchoBot } from '../bot/index.ts';
import { readConfig } from '../config.ts';
import { insightChoice, openInsights } from '../insights/index.ts';
import { createServer } from '../server/index.ts';
import { createSqliteStore } from '../storage/index.ts';
import { openBrain, ROOT } from './open.ts';

const config = readConfig(process.env);
const dataFolder = config.DATA_DIR;
const server = await createServer({
  brain: await openBrain(),
  runBot: createRunner(new EchoBot()),
  config,
  store: createSqliteStore(join(dataFolder, 'chats.sqlite')),
  tokenSecret: 'a secret for load tests only, long enough',
  root: ROOT,
  dataFolder,
  insights: await openInsights(insightChoice(config, dataFolder)),
  pageFolder: join(ROOT, 'dist', 'web'),
  now: Date.now,
});
console.log(`The chat is open: ${await server.listen({ port: config.PORT, host: '127.0.0.1' })}`);
