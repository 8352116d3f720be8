/**
 * `npm run load`: what the bot carries, measured with real clients against real servers in processes of their own. See `USE`.
 * Only this machine is asked anything, and every process is ended.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chatMemory,
  ECHO,
  hasRedis,
  manyChats,
  type ServerProcess,
  severalInstances,
  soak,
  startProcess,
  turnsOf,
} from '../load/index.ts';
import { readCall, WRONG_CALL } from './call.ts';
import { ROOT } from './open.ts';

const USE = `Use:
  npm run load                   10,000 open chats with 200 messages a second on one server
  npm run load -- turns          turns a second beside a bot that only echoes, in turns in one run
  npm run load -- instances      one, two and four instances on one Redis behind a TCP balancer, one of them killed
  npm run load -- soak           half an hour under steady load
--chats, --rate (messages a second), --seconds, --minutes and --instances (1,2,4) change the size; --save keeps the figures in
docs/capacity.json, from which npm run capacity plans.`;

const FIGURES = join(ROOT, 'docs', 'capacity.json');
/** This project's server with the SDK's echo bot in it. */
const ECHO_BOT = join(import.meta.dirname, 'echoBot.ts');
const ROUNDS = 3;
/** Seconds of talk before anything is measured: the engine translates first what is called often. */
const WARM_UP = 5;

const { values, positionals } = readCall(
  USE,
  {
    chats: { type: 'string' },
    rate: { type: 'string' },
    seconds: { type: 'string' },
    minutes: { type: 'string' },
    instances: { type: 'string', default: '1,2,4' },
    save: { type: 'boolean', default: false },
  },
  1,
);
const scenario = positionals[0] ?? 'chats';
const size = (name: 'chats' | 'rate' | 'seconds' | 'minutes', preset: number) =>
  Number(values[name] ?? preset);
const say = (line: string) => console.log(line);
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const milliseconds = (time: number) => `${time.toFixed(1)} ms`;

async function save(name: string, figures: object): Promise<void> {
  if (!values.save) return;
  const before = JSON.parse(await readFile(FIGURES, 'utf8').catch(() => '{}')) as object;
  const measured = { ...figures, on: new Date().toISOString().slice(0, 10), cores: cpus().length };
  await writeFile(FIGURES, `${JSON.stringify({ ...before, [name]: measured }, null, 2)}\n`);
}

/** A server with a store on the disk, ended afterwards whatever happens. */
async function withServer<T>(work: (server: ServerProcess) => Promise<T>, main?: string): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'load-'));
  const server = await startProcess({
    environment: { DATA_DIR: folder },
    ...(main !== undefined && { main }),
  });
  try {
    return await work(server);
  } finally {
    await server.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

function told(problems: readonly string[]): void {
  for (const problem of problems.slice(0, 10)) say(`fault: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}

async function runChats(): Promise<void> {
  const options = { chats: size('chats', 10_000), rate: size('rate', 200), seconds: size('seconds', 30) };
  const memory = await withServer((server) => chatMemory(server, options));
  say(
    `${memory.chats} chats are open, ${memory.opensPerSecond.toFixed(0)} a second; memory for one ${kilobytes(memory.memoryPerChat)}`,
  );
  const { failures, faults, ...talk } = await withServer((server) => manyChats(server, options));
  say(
    `${talk.messagesPerSecond.toFixed(0)} messages a second, reply p50 ${milliseconds(talk.replyP50)}, p99 ${milliseconds(talk.replyP99)}; processor for one turn ${milliseconds(talk.cpuPerTurn)}; ${failures.length + faults.length} faults`,
  );
  told([...failures, ...faults]);
  await save('chats', { ...memory, ...talk });
}

const mean = (numbers: readonly number[]) =>
  numbers.reduce((total, each) => total + each, 0) / numbers.length;

async function runTurns(): Promise<void> {
  const seconds = size('seconds', 10);
  const [ours, echoBot, echo]: [number[], number[], number[]] = [[], [], []];
  let cpuPerTurn = 0;
  const measureIn = async (server: ServerProcess, into: number[]) => {
    const turns = await turnsOf(server, seconds);
    into.push(turns.perSecond);
    return turns;
  };
  await withServer((bot) =>
    withServer(
      (withEchoBot) =>
        withServer(async (bare) => {
          for (const server of [bot, withEchoBot, bare]) await turnsOf(server, WARM_UP);
          for (let round = 0; round < ROUNDS; round++) {
            ({ cpuPerTurn } = await measureIn(bot, ours));
            await measureIn(withEchoBot, echoBot);
            await measureIn(bare, echo);
            const [now, beside, least] = [ours, echoBot, echo].map((all) => all.at(-1)?.toFixed(0));
            say(`this bot ${now} turns a second, an echo bot ${beside}, the channel alone ${least}`);
          }
        }, ECHO),
      ECHO_BOT,
    ),
  );
  const [perSecond, echoBotPerSecond, echoPerSecond] = [mean(ours), mean(echoBot), mean(echo)];
  const share = perSecond / echoBotPerSecond;
  const shareOfChannel = perSecond / echoPerSecond;
  say(
    `in all ${(100 * share).toFixed(0)} % of an echo bot's turns on the same server, ${(100 * shareOfChannel).toFixed(0)} % of what channel and store alone do`,
  );
  await save('turns', { perSecond, echoBotPerSecond, echoPerSecond, share, shareOfChannel, cpuPerTurn });
}

async function runInstances(): Promise<void> {
  if (!hasRedis()) {
    console.error('redis-server is not installed: apt-get install redis-server.');
    process.exit(2);
  }
  const all = [];
  for (const instances of values.instances.split(',').map(Number)) {
    const options = {
      instances,
      chats: size('chats', 1000),
      rate: size('rate', 200),
      seconds: size('seconds', 20),
    };
    const { faults, ...figures } = await severalInstances(options);
    say(
      `${instances} instance(s): ${figures.messagesPerSecond.toFixed(0)} messages a second (${figures.messagesPerSecondAndInstance.toFixed(0)} each), reply p50 ${milliseconds(figures.replyP50)}, p99 ${milliseconds(figures.replyP99)}; processor for one turn ${milliseconds(figures.cpuPerTurn)}, of Redis ${milliseconds(figures.redisCpuPerTurn)}; Redis ${kilobytes(figures.redisMemoryPerChat)} for one chat`,
    );
    if (instances > 1)
      say(
        `  one killed: ${figures.afterKill.replies} replies, ${figures.afterKill.failures} without, ${faults.length} lost, doubled or out of order`,
      );
    told(instances > 1 ? faults : []);
    all.push(figures);
  }
  await save('instances', { runs: all });
}

async function runSoak(): Promise<void> {
  const options = { minutes: size('minutes', 30), chats: size('chats', 300), rate: size('rate', 50) };
  const { faults, ...figures } = await withServer((server) => soak(server, options, say));
  say(
    `${figures.replies} replies in ${figures.minutes} minutes, p99 ${milliseconds(figures.replyP99)}; memory grew by ${kilobytes(figures.growth)} a minute over the second half; ${faults.length} faults`,
  );
  told(faults);
  await save('soak', figures);
}

switch (scenario) {
  case 'chats':
    await runChats();
    break;
  case 'turns':
    await runTurns();
    break;
  case 'instances':
    await runInstances();
    break;
  case 'soak':
    await runSoak();
    break;
  default:
    console.error(`There is no "${scenario}". Choose chats, turns, instances or soak.`);
    process.exitCode = WRONG_CALL;
}
