/** Microsoft's own client against our server: over the WebSocket stream and by polling. */
import { type Activity, ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startServer } from '../helpers.ts';

let running: RunningServer;
beforeAll(async () => {
  // The client was written for browsers: it looks for these two.
  const { default: XMLHttpRequest } = await import('./xhr.ts');
  Object.assign(globalThis, { XMLHttpRequest, WebSocket });
  running = await startServer();
});
afterAll(() => running.server.close());

async function newToken(): Promise<string> {
  const response = await fetch(`${running.url}/v3/directline/tokens/generate`, { method: 'POST' });
  return ((await response.json()) as { token: string }).token;
}

/** Collects messages of the bot until there are `count`. */
function botMessages(client: DirectLine, count: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const texts: string[] = [];
    client.activity$.subscribe((activity: Activity) => {
      if (activity.type !== 'message' || activity.from.role !== 'bot') return;
      texts.push(activity.text ?? '');
      if (texts.length === count) resolve(texts);
    }, reject);
  });
}

const open = async (webSocket: boolean) =>
  new DirectLine({
    token: await newToken(),
    domain: `${running.url}/v3/directline`,
    webSocket,
    pollingInterval: 200,
    conversationStartProperties: { locale: 'en-GB' },
  } as never);

test.each([
  ['the WebSocket stream', true],
  ['polling', false],
])('over %s the welcome and the answer arrive', async (_name, webSocket) => {
  const client = await open(webSocket);
  const messages = botMessages(client, 2);
  await new Promise((resolve, reject) => {
    client
      .postActivity({ type: 'message', text: 'what is grooming', from: { id: 'somebody' } } as never)
      .subscribe(resolve, reject);
  });
  const [welcome, answer] = await messages;
  expect(welcome).toContain('computer program');
  expect(answer).toMatch(/adult.*approaches a child/s);
  client.end();
});

test('the client is online once it has a conversation', async () => {
  const client = await open(true);
  const seen: ConnectionStatus[] = [];
  client.connectionStatus$.subscribe((status) => seen.push(status));
  await botMessages(client, 1);
  expect(seen).toEqual([
    ConnectionStatus.Uninitialized,
    ConnectionStatus.Connecting,
    ConnectionStatus.Online,
  ]);
  client.end();
});

test('a wrong token is told as a failure to connect', async () => {
  const client = new DirectLine({
    token: 'not.a.token',
    domain: `${running.url}/v3/directline`,
    webSocket: true,
  });
  const failed = new Promise((resolve) => {
    client.connectionStatus$.subscribe((status) => {
      if (status === ConnectionStatus.FailedToConnect || status === ConnectionStatus.ExpiredToken)
        resolve(status);
    });
  });
  client.activity$.subscribe(
    () => undefined,
    () => undefined,
  );
  expect(await failed).toBeDefined();
  client.end();
});
