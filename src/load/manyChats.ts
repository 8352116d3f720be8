import { setTimeout as wait } from 'node:timers/promises';
import { newAgent } from './http.ts';
import { faultsOf, openChats, talkAtRate } from './people.ts';
import { seededRandom } from './random.ts';
import type { ServerProcess } from './serverProcess.ts';
import { percentile } from './statistics.ts';

/** What so many open chats cost one server, and how long people wait for a reply. */
export interface ManyChats {
  readonly chats: number;
  readonly opensPerSecond: number;
  /** Memory beyond that of the same server with few chats, divided by the chats, in bytes. */
  readonly memoryPerChat: number;
  readonly memoryBefore: number;
  readonly messagesPerSecond: number;
  readonly replyP50: number;
  readonly replyP99: number;
  /** Processor time of the server for one turn while chats are open, in milliseconds; keep-alive included. */
  readonly cpuPerTurn: number;
  readonly failures: readonly string[];
  readonly faults: readonly string[];
}

export interface ManyChatsOptions {
  readonly chats: number;
  readonly rate: number;
  readonly seconds: number;
  readonly say: (line: string) => void;
}

const AT_ONCE = 50;
/** Chats with which the server is warmed up, so that what it needs anyway is not counted as the cost of a chat. */
const FEW = 50;
const WARM_UP = 10;
const SAMPLES = 5;
/** Chats compared one by one at the end. */
const COMPARED = 1000;

/** The least of some readings: garbage that is about to be collected is not the cost of a chat. */
async function settledMemory(server: ServerProcess): Promise<number> {
  const readings: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    await wait(1000);
    readings.push(await server.memory());
  }
  return Math.min(...readings);
}

export async function manyChats(server: ServerProcess, options: ManyChatsOptions): Promise<ManyChats> {
  const { chats: count, rate, seconds, say } = options;
  const agent = newAgent(AT_ONCE * 2);
  const random = seededRandom(1);
  const few = await openChats(server.url, FEW, AT_ONCE, agent);
  await talkAtRate(few, rate, WARM_UP, random);
  const memoryBefore = await settledMemory(server);
  const begun = performance.now();
  const chats = await openChats(server.url, count - FEW, AT_ONCE, agent);
  const opensPerSecond = chats.length / ((performance.now() - begun) / 1000);
  say(`${count} chats are open, ${opensPerSecond.toFixed(0)} a second.`);
  chats.push(...few);
  const cpuBefore = await server.cpu();
  const talk = await talkAtRate(chats, rate, seconds, random);
  const cpu = (await server.cpu()) - cpuBefore;
  const memory = await settledMemory(server);
  const faults = await faultsOf(chats.slice(0, COMPARED));
  for (const chat of chats) chat.close();
  agent.destroy();
  return {
    chats: count,
    opensPerSecond,
    memoryPerChat: (memory - memoryBefore) / count,
    memoryBefore,
    messagesPerSecond: talk.replies.length / talk.seconds,
    replyP50: percentile(talk.replies, 0.5),
    replyP99: percentile(talk.replies, 0.99),
    cpuPerTurn: (cpu * 1000) / talk.replies.length,
    failures: talk.failures,
    faults,
  };
}
