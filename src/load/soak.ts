import { seededRandom } from '../random.ts';
import { newAgent } from './http.ts';
import { faultsOf, openChats, talkAtRate } from './people.ts';
import type { ServerProcess } from './serverProcess.ts';
import { percentile, slope } from './statistics.ts';

/** A server under steady load for a long time. */
export interface Soak {
  readonly minutes: number;
  readonly replies: number;
  readonly replyP99: number;
  /** Memory of the server at each minute, in bytes. */
  readonly memory: readonly number[];
  /** Growth over the second half, when everything has warmed up, in bytes a minute. */
  readonly growth: number;
  readonly faults: readonly string[];
}

const AT_ONCE = 20;

/** Each minute has new people; those of the minute before leave without a word. */
export async function soak(
  server: ServerProcess,
  { minutes, chats: count, rate }: { minutes: number; chats: number; rate: number },
  say: (line: string) => void,
): Promise<Soak> {
  const agent = newAgent(AT_ONCE);
  const random = seededRandom(minutes);
  const memory: number[] = [];
  const replies: number[] = [];
  const faults: string[] = [];
  for (let minute = 1; minute <= minutes; minute++) {
    const begun = performance.now();
    const chats = await openChats(server.url, count, AT_ONCE, agent);
    const seconds = 58 - (performance.now() - begun) / 1000;
    const talk = await talkAtRate(chats, rate, Math.max(5, seconds), random);
    replies.push(...talk.replies);
    faults.push(...talk.failures, ...(await faultsOf(chats.slice(0, AT_ONCE))));
    for (const chat of chats) chat.close();
    memory.push(await server.memory());
    say(`minute ${minute}: ${((memory.at(-1) ?? 0) / 1e6).toFixed(1)} MB, ${faults.length} faults`);
  }
  agent.destroy();
  const half = memory.slice(Math.floor(memory.length / 2));
  return {
    minutes,
    replies: replies.length,
    replyP99: percentile(replies, 0.99),
    memory,
    growth: slope(half.map((bytes, i) => [i, bytes] as const)),
    faults,
  };
}
