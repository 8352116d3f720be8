import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../random.ts';
import { type Chat, openChat } from './chat.ts';
import { freePort } from './freePort.ts';
import { newAgent } from './http.ts';
import { QUESTIONS } from './people.ts';
import { type ServerProcess, startProcess } from './serverProcess.ts';

/** What became of a server that was killed over and over while people chatted. */
export interface KillReport {
  readonly kills: number;
  /** Messages acknowledged in all. */
  readonly acknowledged: number;
  /** Requests that broke off or were refused, and were sent again. */
  readonly retried: number;
  /** One line for each message lost, doubled or out of order. */
  readonly faults: readonly string[];
}

export interface KillOptions {
  readonly kills: number;
  readonly chats: number;
  readonly seed: number;
  /** The program to kill, instead of this project's server. */
  readonly main?: string;
  /** Called after each kill. */
  readonly onKill?: (count: number) => void;
}

/** Milliseconds under load before a kill, at most. */
const LONGEST_PEACE = 1500;

/** Kills a server with a SQLite store (`kill -9`) at random moments under load, and counts what was lost or doubled. */
export async function killUnderLoad({ kills, chats, seed, main, onKill }: KillOptions): Promise<KillReport> {
  const folder = await mkdtemp(join(tmpdir(), 'kill-'));
  const port = await freePort();
  const random = seededRandom(seed);
  const start = () =>
    startProcess({
      port,
      environment: { STORE: 'sqlite', DATA_DIR: folder },
      ...(main !== undefined && { main }),
    });
  let server: ServerProcess = await start();
  const agent = newAgent(chats);
  let acknowledged = 0;
  let over = false;
  const troubles: string[] = [];
  const people: Chat[] = await Promise.all(Array.from({ length: chats }, () => openChat(server.url, agent)));

  async function talk(chat: Chat): Promise<void> {
    for (let i = 0; !over; i++) {
      await chat.say(QUESTIONS[i % QUESTIONS.length] ?? '');
      acknowledged++;
    }
  }

  const talks = people.map((chat) => talk(chat).catch((error: unknown) => void troubles.push(String(error))));
  for (let count = 1; count <= kills; count++) {
    await wait(random() * LONGEST_PEACE);
    await server.end('SIGKILL');
    server = await start();
    onKill?.(count);
  }
  over = true;
  await Promise.all(talks);
  const faults = (await Promise.all(people.map((chat) => chat.faults()))).flat();
  for (const chat of people) chat.close();
  agent.destroy();
  await server.end('SIGKILL');
  await rm(folder, { recursive: true, force: true });
  return {
    kills,
    acknowledged,
    retried: people.reduce((sum, chat) => sum + chat.refusals.length, 0),
    faults: [...troubles, ...faults],
  };
}
