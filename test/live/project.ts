import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { readConfig } from '../../src/config.ts';
import { type KnowledgeStatus, type LiveBrain, openLiveBrain } from '../../src/live/index.ts';
import { createServer } from '../../src/server/index.ts';
import { createMemoryStore } from '../../src/storage/index.ts';
import { ROOT, WITHOUT_LIMITS } from '../helpers.ts';
import { SMALL_PROJECT } from '../smallProject.ts';

/** A copy of the files that staff edit, with few example messages and the model of these. */
export async function copyProject(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'project-'));
  await cp(SMALL_PROJECT, root, { recursive: true });
  return root;
}

export interface LiveServer {
  readonly root: string;
  readonly url: string;
  readonly live: LiveBrain;
  readonly server: FastifyInstance;
  close(): Promise<void>;
}

/** A real server on a copy of the project. */
export async function startLive(root: string): Promise<LiveServer> {
  const opened = await openLiveBrain({
    root,
    cacheFolder: join(root, '.cache'),
    sessionMinutes: 30,
    now: () => new Date(),
    clock: () => performance.now(),
  });
  if (!opened.ok)
    throw new Error(opened.problems.map(({ file, message }) => `${file}: ${message}`).join('\n'));
  const { live } = opened;
  const store = createMemoryStore();
  const server = await createServer({
    brain: live.brain,
    root,
    config: readConfig({ LOG_LEVEL: 'silent', ...WITHOUT_LIMITS }),
    store,
    tokenSecret: 'a secret for tests only, long enough',
    dataFolder: join(root, '.data'),
    pageFolder: join(ROOT, 'dist', 'web'),
    now: Date.now,
    knowledgeStatus: () => live.status(),
  });
  const url = (await server.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');
  const close = async () => {
    await server.close();
    await live.close();
  };
  return { root, url, live, server, close };
}

/** Changes a file as many editors do: a new file takes the place of the old one. */
export async function save(root: string, file: string, change: (text: string) => string): Promise<void> {
  const path = join(root, file);
  const text = existsSync(path) ? await readFile(path, 'utf8') : '';
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}~`, change(text));
  await rename(`${path}~`, path);
}

/** Waits until the status is as wanted. */
export function until(
  live: LiveBrain,
  wanted: (status: KnowledgeStatus) => boolean,
): Promise<KnowledgeStatus> {
  return new Promise((resolve) => {
    const look = (status: KnowledgeStatus) => wanted(status) && resolve(status);
    live.onStatus(look);
    look(live.status());
  });
}

interface Activity {
  readonly text: string;
  readonly locale?: string;
  readonly from: { readonly role: string };
  readonly suggestedActions?: { readonly actions: readonly { readonly title: string }[] };
  readonly channelData?: { readonly answer?: { readonly id: string; readonly locale: string } | null };
}

export interface Chat {
  /** Sends a message and gives what the bot answered. */
  ask(text: string): Promise<Activity>;
  /** Texts of the bot so far. */
  replies(): Promise<readonly Activity[]>;
}

/** A conversation over Direct Line. */
export async function openChat(url: string, locale: string): Promise<Chat> {
  const base = `${url}/v3/directline/conversations`;
  const post = (address: string, headers: Record<string, string>, body: object) =>
    fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const begun = (await (await post(base, {}, { locale })).json()) as {
    conversationId: string;
    token: string;
  };
  const headers = { authorization: `Bearer ${begun.token}` };
  const address = `${base}/${begun.conversationId}/activities`;
  const replies = async () => {
    const { activities } = (await (await fetch(address, { headers })).json()) as { activities: Activity[] };
    return activities.filter(({ from }) => from.role === 'bot');
  };
  return {
    replies,
    async ask(text) {
      const sent = await post(address, headers, { type: 'message', text, locale, from: { id: 'visitor' } });
      if (!sent.ok) throw new Error(`not acknowledged: ${sent.status}`);
      return (await replies()).at(-1) as Activity;
    },
  };
}
