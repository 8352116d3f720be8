import { Redis } from 'ioredis';
import { seededRandom } from '../random.ts';
import { startBalancer } from './balancer.ts';
import { newAgent } from './http.ts';
import { faultsOf, openChats, talkAtRate } from './people.ts';
import { startRedis } from './redisServer.ts';
import { startProcess } from './serverProcess.ts';
import { percentile } from './statistics.ts';

/** Several instances on one Redis behind a balancer, one of them killed on the way. */
export interface Instances {
  readonly instances: number;
  readonly chats: number;
  readonly messagesPerSecond: number;
  readonly messagesPerSecondAndInstance: number;
  readonly replyP50: number;
  readonly replyP99: number;
  /** Processor time for one turn, in milliseconds: of the instances, and of Redis. */
  readonly cpuPerTurn: number;
  readonly redisCpuPerTurn: number;
  /** Memory of Redis for one chat, in bytes. */
  readonly redisMemoryPerChat: number;
  /** After one of several instances was killed under load: replies that came, and what was lost or doubled. */
  readonly afterKill: { readonly replies: number; readonly failures: number; readonly replyP99: number };
  readonly faults: readonly string[];
}

export interface InstancesOptions {
  readonly instances: number;
  readonly chats: number;
  readonly rate: number;
  readonly seconds: number;
}

const SECRET = 'a secret for load tests, the same for all instances';
const AT_ONCE = 40;

export async function severalInstances({
  instances: count,
  chats: chatCount,
  rate,
  seconds,
}: InstancesOptions): Promise<Instances> {
  const redis = await startRedis(['--appendonly', 'yes', '--appendfsync', 'everysec']);
  const admin = new Redis(redis.url);
  const environment = { STORE: 'redis', REDIS_URL: redis.url, TOKEN_SECRET: SECRET };
  const servers = await Promise.all(Array.from({ length: count }, () => startProcess({ environment })));
  const balancer = await startBalancer(servers.map(({ url }) => Number(new URL(url).port)));
  const agent = newAgent(AT_ONCE * 2);
  const random = seededRandom(count);
  const infoOf = async (section: string, field: string) =>
    Number(new RegExp(`${field}:([\\d.]+)`).exec(await admin.info(section))?.[1] ?? 0);
  const redisCpu = async () => (await infoOf('cpu', 'used_cpu_user')) + (await infoOf('cpu', 'used_cpu_sys'));
  const cpuOfAll = async () =>
    (await Promise.all(servers.map((server) => server.cpu()))).reduce((sum, cpu) => sum + cpu, 0);

  const emptyMemory = await infoOf('memory', 'used_memory');
  const chats = await openChats(balancer.url, chatCount, AT_ONCE, agent);
  const before = [await cpuOfAll(), await redisCpu()] as const;
  const talk = await talkAtRate(chats, rate, seconds, random);
  const after = [await cpuOfAll(), await redisCpu()] as const;
  const memory = await infoOf('memory', 'used_memory');
  const turns = talk.replies.length;

  const talking = talkAtRate(chats, rate, seconds, random);
  const [first, ...others] = servers;
  // A single one that is killed leaves nobody to ask.
  if (others.length > 0) setTimeout(() => first?.signal('SIGKILL'), (seconds * 1000) / 3);
  const afterKill = await talking;
  const faults = await faultsOf(chats);

  for (const chat of chats) chat.close();
  agent.destroy();
  balancer.close();
  await admin.quit();
  await Promise.all(servers.map((server) => server.end('SIGTERM')));
  await redis.stop();
  return {
    instances: count,
    chats: chatCount,
    messagesPerSecond: turns / talk.seconds,
    messagesPerSecondAndInstance: turns / talk.seconds / count,
    replyP50: percentile(talk.replies, 0.5),
    replyP99: percentile(talk.replies, 0.99),
    cpuPerTurn: ((after[0] - before[0]) * 1000) / turns,
    redisCpuPerTurn: ((after[1] - before[1]) * 1000) / turns,
    redisMemoryPerChat: (memory - emptyMemory) / chatCount,
    afterKill: {
      replies: afterKill.replies.length,
      failures: afterKill.failures.length,
      replyP99: percentile(afterKill.replies, 0.99),
    },
    faults: [...talk.failures, ...afterKill.failures, ...faults],
  };
}
