/** The real server, as a process of its own and with few example messages, under what happens to machines. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  call,
  newAgent,
  openChat,
  type ServerProcess,
  type ServerSettings,
  startProcess,
} from '../../src/load/index.ts';
import { ROOT } from '../helpers.ts';
import { SMALL_MAIN, SMALL_PROJECT } from '../smallProject.ts';

const agent = newAgent(50);
const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(settings: ServerSettings = {}): Promise<{ server: ServerProcess; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'fault-'));
  const server = await startProcess({
    main: SMALL_MAIN,
    ...settings,
    environment: { DATA_DIR: folder, ...settings.environment },
  });
  closing.push(async () => {
    await server.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  return { server, folder };
}

async function visitor(url: string) {
  const chat = await openChat(url, agent);
  closing.push(() => chat.close());
  return chat;
}

test('on a full disk people get a clear 503, nothing acknowledged is lost, and it recovers by itself', async () => {
  // A file may not grow any more: to the program that is what a full disk is.
  const { server, folder } = await start({ before: "trap '' XFSZ" });
  const chat = await visitor(server.url);
  await chat.say('wat is grooming');
  const limit = (bytes: string) =>
    execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:`]);
  limit(String(statSync(join(folder, 'chats.sqlite-wal')).size));
  const refused = await fetch(`${server.url}/v3/directline/conversations`, { method: 'POST' });
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).not.toBeNull();
  const patient = chat.say('hoeveel meldingen in 2018');
  await expect.poll(() => chat.refusals).toContain(503);
  limit('unlimited');
  await patient;
  expect(await chat.faults()).toEqual([]);
}, 60_000);

test('a server that is asked to stop answers what is under way, closes its streams and ends with code 0', async () => {
  const { server } = await start();
  const { conversationId, token, streamUrl } = (await (
    await fetch(`${server.url}/v3/directline/conversations`, { method: 'POST' })
  ).json()) as { conversationId: string; token: string; streamUrl: string };
  const socket = new WebSocket(streamUrl);
  const closed = new Promise<number>((resolve) => {
    socket.once('close', resolve);
  });
  await once(socket, 'message');
  const url = `${server.url}/v3/directline/conversations/${conversationId}/activities`;
  const questions = Array.from({ length: 20 }, () =>
    call({ method: 'POST', url, token, body: { type: 'message', text: 'wat is grooming' }, agent }),
  );
  await Promise.race(questions);
  const end = await server.end('SIGTERM');
  expect([end.code, end.signal]).toEqual([0, null]);
  expect(await closed).toBe(1001);
  // Those not yet taken in may break off; those taken in are answered, all of them.
  const statuses = (await Promise.all(questions)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0);
  expect(statuses.filter((status) => ![200, 503, 0].includes(status))).toEqual([]);
}, 60_000);

test('a client that never answers does not keep the server from stopping', async () => {
  const { server } = await start();
  const opened = (await (
    await fetch(`${server.url}/v3/directline/conversations`, { method: 'POST' })
  ).json()) as {
    streamUrl: string;
  };
  const socket = new WebSocket(opened.streamUrl);
  await once(socket, 'message');
  socket.pause();
  closing.push(() => socket.terminate());
  const begun = performance.now();
  expect((await server.end('SIGTERM')).code).toBe(0);
  expect(performance.now() - begun).toBeLessThan(15_000);
}, 60_000);

test('a server does not start with broken knowledge, and says where it is broken', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'broken-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  for (const part of ['knowledge', 'locales', 'package.json'])
    cpSync(join(SMALL_PROJECT, part), join(folder, part), { recursive: true });
  cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'knowledge', 'contacts.yaml'), 'child-focus: [');
  await expect(startProcess({ main: join(folder, 'src', 'main.ts') })).rejects.toThrow(
    /code 1[\s\S]*does not start[\s\S]*contacts\.yaml:\d+/,
  );
}, 60_000);

test('a server does not start without the Redis it was told to use, and says so without its password', async () => {
  const refused = startProcess({
    main: SMALL_MAIN,
    environment: { STORE: 'redis', REDIS_URL: 'redis://user:very-secret@127.0.0.1:1' },
  });
  await expect(refused).rejects.toThrow(/Redis cannot be used[\s\S]*REDIS_URL/);
  await expect(refused).rejects.not.toThrow(/very-secret/);
}, 60_000);
