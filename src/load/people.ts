import type { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Chat, openChat } from './chat.ts';

/** What people ask in a load test: answers, figures, follow-ups, small talk, and something beside the subject. */
export const QUESTIONS: readonly string[] = [
  'wat is grooming',
  'hoeveel meldingen in 2018',
  'en in 2017?',
  'iemand dreigt met mijn fotos wat moet ik doen',
  'hallo',
  "c'est quoi la sextorsion",
  'what are the signs of grooming',
  'ben je een robot',
  'wat eten we vanavond',
  'waar kan ik dat melden?',
];

/** Opens chats, so many at a time. */
export async function openChats(url: string, count: number, atOnce: number, agent: Agent): Promise<Chat[]> {
  const chats: Chat[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(atOnce, count) }, async () => {
      while (next++ < count) chats.push(await openChat(url, agent));
    }),
  );
  return chats;
}

/** Times in milliseconds from sending a message to its reply on the stream, and what went wrong. */
export interface Talk {
  readonly replies: readonly number[];
  readonly failures: readonly string[];
  readonly seconds: number;
}

/** Has chats say something at a steady rate (messages a second), whether or not replies keep up. */
export async function talkAtRate(
  chats: readonly Chat[],
  rate: number,
  seconds: number,
  random: () => number,
): Promise<Talk> {
  const replies: number[] = [];
  const failures: string[] = [];
  const said: Promise<void>[] = [];
  const begun = performance.now();
  for (let i = 0; i < rate * seconds; i++) {
    const due = begun + (i * 1000) / rate;
    const early = due - performance.now();
    if (early > 1) await wait(early);
    const chat = chats[Math.floor(random() * chats.length)];
    if (!chat) break;
    const late = Math.max(0, performance.now() - due);
    said.push(
      chat.say(QUESTIONS[Math.floor(random() * QUESTIONS.length)] ?? '').then(
        // A generator that falls behind must not hide how long people waited.
        ({ replied }) => void replies.push(replied + late),
        (error: unknown) => void failures.push(String(error)),
      ),
    );
  }
  await Promise.all(said);
  return { replies, failures, seconds: (performance.now() - begun) / 1000 };
}

/** Compares every chat with what the server holds; one line for each difference. */
export async function faultsOf(chats: readonly Chat[]): Promise<string[]> {
  const faults: string[] = [];
  for (const chat of chats) faults.push(...(await chat.faults()));
  return faults;
}
