import { seededRandom } from '../random.ts';
import type { Chat } from './chat.ts';
import { newAgent } from './http.ts';
import { faultsOf, openChats, talkAtRate } from './people.ts';
import type { ServerProcess } from './serverProcess.ts';
import { percentile } from './statistics.ts';

/** What an open chat costs a server in memory. */
export interface ChatMemory {
  readonly chats: number;
  readonly opensPerSecond: number;
  /** What each further chat takes, in bytes: the most of several steps, because the first ones fill what starting left free. */
  readonly memoryPerChat: number;
  readonly memoryBefore: number;
}

/** How long people wait for a reply while many chats are open. */
export interface ManyChats {
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
  /** Messages a second. */
  readonly rate: number;
  readonly seconds: number;
}

const AT_ONCE = 50;
/** Chats with which the server is warmed up, so that what it needs anyway is not counted as the cost of a chat. */
const FEW = 50;
const WARM_UP = 10;
/** Chats are opened in so many steps, with the memory read after each. */
const STEPS = 4;
/** Chats compared one by one at the end. */
const COMPARED = 1000;

/** Opens chats and reads the memory on the way. To be read, garbage is collected by force: such a server is measured for nothing else. */
export async function chatMemory(
  server: ServerProcess,
  { chats: count, rate }: Pick<ManyChatsOptions, 'chats' | 'rate'>,
): Promise<ChatMemory> {
  const agent = newAgent(AT_ONCE * 2);
  const chats: Chat[] = await openChats(server.url, FEW, AT_ONCE, agent);
  await talkAtRate(chats, rate, WARM_UP, seededRandom(1));
  const memoryBefore = await server.memory();
  let memory = memoryBefore;
  let memoryPerChat = 0;
  let opening = 0;
  for (let step = 1; step <= STEPS; step++) {
    const wanted = Math.round((count * step) / STEPS) - chats.length;
    const begun = performance.now();
    chats.push(...(await openChats(server.url, wanted, AT_ONCE, agent)));
    opening += performance.now() - begun;
    const now = await server.memory();
    memoryPerChat = Math.max(memoryPerChat, (now - memory) / wanted);
    memory = now;
  }
  for (const chat of chats) chat.close();
  agent.destroy();
  return { chats: count, opensPerSecond: (count - FEW) / (opening / 1000), memoryPerChat, memoryBefore };
}

/** Opens chats, and has them talk at a steady rate. */
export async function manyChats(
  server: ServerProcess,
  { chats: count, rate, seconds }: ManyChatsOptions,
): Promise<ManyChats> {
  const agent = newAgent(AT_ONCE * 2);
  const random = seededRandom(1);
  const chats = await openChats(server.url, count, AT_ONCE, agent);
  await talkAtRate(chats, rate, WARM_UP, random);
  const cpuBefore = await server.cpu();
  const talk = await talkAtRate(chats, rate, seconds, random);
  const cpu = (await server.cpu()) - cpuBefore;
  const faults = await faultsOf(chats.slice(0, COMPARED));
  for (const chat of chats) chat.close();
  agent.destroy();
  return {
    messagesPerSecond: talk.replies.length / talk.seconds,
    replyP50: percentile(talk.replies, 0.5),
    replyP99: percentile(talk.replies, 0.99),
    cpuPerTurn: (cpu * 1000) / talk.replies.length,
    failures: talk.failures,
    faults,
  };
}
