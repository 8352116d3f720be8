import { randomUUID } from 'node:crypto';
import type { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { type Answer, call } from './http.ts';

interface Activity {
  readonly id: string;
  readonly from: { readonly role: string };
  readonly text?: string;
  readonly channelData?: { readonly clientActivityID?: string };
}
interface ActivitySet {
  readonly activities: readonly Activity[];
  readonly watermark: string;
}
interface Opened {
  readonly conversationId: string;
  readonly token: string;
  readonly streamUrl: string;
}

/** A person with an open chat, as a real client: messages by HTTP with an id of their own, replies by WebSocket. */
export interface Chat {
  /**
   * Sends a message, again and again with the same id until it is acknowledged.
   *
   * @returns milliseconds until acknowledged, and until the reply came over the stream
   */
  say(text: string): Promise<{ readonly acknowledged: number; readonly replied: number }>;
  /** Compares what was sent, what the stream brought and what the server holds; one line for each difference. */
  faults(): Promise<readonly string[]>;
  close(): void;
  /** Statuses of refusals met on the way, 0 for broken connections. */
  readonly refusals: readonly number[];
  readonly reconnects: number;
}

const RETRY_EVERY = 100;
const REPLY_WITHIN = 60_000;
const PAGE = 100;

/** Where the chat is, without the name in the address that the server gave: that may be a balancer's. */
function streamAddress(url: string, { streamUrl }: Opened, watermark: number): string {
  const given = new URL(streamUrl);
  const address = new URL(given.pathname + given.search, url.replace('http', 'ws'));
  if (watermark > 0) address.searchParams.set('watermark', String(watermark));
  return address.href;
}

const sequenceOf = ({ id }: Activity) => Number(id.split('|')[1]);

/** @throws where no conversation can be begun within `patience` milliseconds */
export async function openChat(url: string, agent: Agent, patience = REPLY_WITHIN): Promise<Chat> {
  const base = `${url}/v3/directline`;
  const acknowledged: string[] = [];
  const received: { sequence: number; role: string; clientId: string | undefined }[] = [];
  const refusals: number[] = [];
  const waiting = new Map<string, () => void>();
  let reconnects = -1;
  let closed = false;
  let socket: WebSocket | undefined;
  /** Our own message was seen; the next message of the bot is its reply. */
  let expected: string | undefined;

  /** Asks until there is an answer other than "not now". */
  async function insist(ask: () => Promise<Answer>): Promise<Answer> {
    const deadline = Date.now() + patience;
    for (;;) {
      const answer = await ask();
      if (answer.status !== 0 && answer.status !== 503) return answer;
      refusals.push(answer.status);
      if (Date.now() > deadline) throw new Error(`No answer but ${answer.status} in ${patience} ms.`);
      await wait(RETRY_EVERY);
    }
  }

  function take({ activities }: ActivitySet): void {
    for (const activity of activities) {
      const clientId = activity.channelData?.clientActivityID;
      received.push({ sequence: sequenceOf(activity), role: activity.from.role, clientId });
      if (activity.from.role === 'user') expected = clientId;
      else if (expected !== undefined) {
        waiting.get(expected)?.();
        waiting.delete(expected);
        expected = undefined;
      }
    }
  }

  function listen(opened: Opened): Promise<void> {
    reconnects++;
    return new Promise((resolve) => {
      const line = new WebSocket(streamAddress(url, opened, received.at(-1)?.sequence ?? 0), {
        perMessageDeflate: false,
      });
      socket = line;
      line.once('open', resolve);
      line.on('message', (data) => {
        const frame = String(data);
        if (frame !== '') take(JSON.parse(frame) as ActivitySet);
      });
      line.on('error', () => undefined);
      line.once('close', async () => {
        resolve();
        if (closed) return;
        await wait(RETRY_EVERY);
        if (!closed) await listen(opened);
      });
    });
  }

  const began = await insist(() =>
    call({ method: 'POST', url: `${base}/conversations`, body: { locale: 'nl' }, agent }),
  );
  if (began.status !== 201) throw new Error(`The conversation was refused: ${began.status} ${began.body}`);
  const opened = JSON.parse(began.body) as Opened;
  const activitiesUrl = `${base}/conversations/${opened.conversationId}/activities`;
  const { token } = opened;
  await listen(opened);

  async function stored(): Promise<Activity[]> {
    const all: Activity[] = [];
    for (let watermark = '0'; ; ) {
      const answer = await insist(() =>
        call({ method: 'GET', url: `${activitiesUrl}?watermark=${watermark}`, token, agent }),
      );
      if (answer.status !== 200) throw new Error(`Reading was refused: ${answer.status} ${answer.body}`);
      const set = JSON.parse(answer.body) as ActivitySet;
      all.push(...set.activities);
      watermark = set.watermark;
      if (set.activities.length < PAGE) return all;
    }
  }

  return {
    async say(text) {
      const clientActivityID = randomUUID();
      const begun = performance.now();
      const replied = new Promise<number>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('No reply came.')), REPLY_WITHIN);
        waiting.set(clientActivityID, () => {
          clearTimeout(timer);
          resolve(performance.now() - begun);
        });
      });
      replied.catch(() => undefined);
      const body = { type: 'message', text, from: { id: 'visitor' }, channelData: { clientActivityID } };
      const answer = await insist(() => call({ method: 'POST', url: activitiesUrl, token, body, agent }));
      if (answer.status !== 200) throw new Error(`The message was refused: ${answer.status} ${answer.body}`);
      acknowledged.push(clientActivityID);
      const acknowledgedAfter = performance.now() - begun;
      return { acknowledged: acknowledgedAfter, replied: await replied };
    },
    async faults() {
      const kept = await stored();
      const places = received.map(({ sequence }) => sequence);
      const roles = kept.slice(1).map(({ from }) => from.role);
      return [
        ...acknowledged
          .map((id) => ({
            id,
            times: kept.filter((each) => each.channelData?.clientActivityID === id).length,
          }))
          .filter(({ times }) => times !== 1)
          .map(({ times }) =>
            times === 0 ? 'an acknowledged message is lost' : `a message is kept ${times} times`,
          ),
        ...(kept.filter(({ from }) => from.role === 'user').length > acknowledged.length
          ? ['more messages are kept than were sent']
          : []),
        ...roles.flatMap((role, i) =>
          role === (i % 2 === 0 ? 'user' : 'bot') ? [] : ['a reply is out of place'],
        ),
        ...places.flatMap((place, i) =>
          place === i + 1 ? [] : [`the stream brought ${place} as number ${i + 1}`],
        ),
        ...(places.length < kept.length
          ? [`the stream brought ${places.length} of ${kept.length} activities`]
          : []),
      ];
    },
    close() {
      closed = true;
      socket?.terminate();
    },
    get refusals() {
      return refusals;
    },
    get reconnects() {
      return reconnects;
    },
  };
}
