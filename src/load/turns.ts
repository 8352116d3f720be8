import type { Chat } from './chat.ts';
import { newAgent } from './http.ts';
import { openChats, QUESTIONS } from './people.ts';
import type { ServerProcess } from './serverProcess.ts';

/** Turns of one server that is kept busy. */
export interface Turns {
  readonly perSecond: number;
  /** Processor time of the server for one turn, in milliseconds. */
  readonly cpuPerTurn: number;
}

const BUSY = 32;

/** Has so many people talk without a pause, for so many seconds. */
export async function turnsOf(server: ServerProcess, seconds: number): Promise<Turns> {
  const agent = newAgent(BUSY);
  const chats = await openChats(server.url, BUSY, BUSY, agent);
  let turns = 0;
  const until = performance.now() + seconds * 1000;
  const before = await server.cpu();
  const begun = performance.now();
  const talk = async (chat: Chat, offset: number) => {
    for (let i = offset; performance.now() < until; i++) {
      await chat.say(QUESTIONS[i % QUESTIONS.length] ?? '');
      turns++;
    }
  };
  await Promise.all(chats.map(talk));
  const perSecond = turns / ((performance.now() - begun) / 1000);
  const cpu = (await server.cpu()) - before;
  for (const chat of chats) chat.close();
  agent.destroy();
  return { perSecond, cpuPerTurn: (cpu * 1000) / turns };
}
