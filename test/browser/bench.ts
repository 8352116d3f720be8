/**
 * `npm run bench:window`: time to the first words and to the first answer on a slow phone (processor 4 times slower,
 * Chrome's "slow 4G"), in our window and in Web Chat, on one server, in one run, in turn. `-- --runs 5` for more runs.
 *
 * Counted, for both in the same way: from the navigation, with nothing in the cache, to the first frame in which the page
 * shows the words; the first answer is the one to the same question, asked by the same hand as soon as the welcome is
 * there, and the time which that hand takes is in it. Both pages are served compressed, and both ask for their token or
 * conversation before their code has come. Not counted: a browser that is still starting, and its address bar.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { percentile } from '../../src/load/index.ts';
import { ROOT, startServer } from '../helpers.ts';
import { hasChromium, launch, PHONE } from './helpers.ts';

/** Chrome's preset "slow 4G": milliseconds, bytes a second. */
const SLOW_4G = {
  offline: false,
  latency: 562.5,
  downloadThroughput: ((1.6 * 1024 * 1024) / 8) * 0.9,
  uploadThroughput: ((750 * 1024) / 8) * 0.9,
};
const SLOWER_PROCESSOR = 4;
const GOAL = 5;
const PATIENCE = 120_000;
/** Milliseconds in which a new browser window loads pages of its own, which a phone in somebody's hand has loaded. */
const BROWSER_STARTS = 3000;
const QUESTION = 'what is grooming';

interface Client {
  readonly name: string;
  readonly path: string;
  readonly box: string;
}
/** Milliseconds since the page was asked for. */
interface Times {
  readonly welcome: number;
  readonly answer: number;
}

const CLIENTS: readonly Client[] = [
  { name: 'our window', path: '/chat?lang=en', box: 'textarea' },
  { name: 'Web Chat', path: '/webchat/webchat.html', box: '.webchat__send-box-text-box__input' },
];

const page = `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Web Chat</title>
<script>const asked = fetch('/v3/directline/tokens/generate', { method: 'POST' }).then((response) => response.json());</script>
<div id="webchat"></div><script src="/webchat/webchat.js"></script>
<script>asked.then(({ token }) => {
  const directLine = WebChat.createDirectLine({ token, domain: location.origin + '/v3/directline', conversationStartProperties: { locale: 'en' } });
  WebChat.renderWebChat({ directLine, locale: 'en-GB' }, document.getElementById('webchat'));
});</script></html>`;

/** Web Chat beside our page: compressed and kept by the browser, as a fair server would. */
const PACKED = new Map<string, Buffer>(
  [
    ['webchat.html', Buffer.from(page)] as const,
    ['webchat.js', readFileSync(join(ROOT, 'node_modules/botframework-webchat/dist/webchat.js'))] as const,
  ].map(([name, bytes]) => [name, gzipSync(bytes, { level: 9 })]),
);

function serveWebChat(server: FastifyInstance): void {
  server.get<{ Params: { file: string } }>('/webchat/:file', (request, reply) => {
    const { file } = request.params;
    return reply
      .header('content-encoding', 'gzip')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-security-policy', '')
      .type(file.endsWith('.js') ? 'text/javascript' : 'text/html')
      .send(PACKED.get(file));
  });
}

async function measure(browser: Browser, url: string, { path, box }: Client): Promise<Times> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'en-GB' });
  const tab = await context.newPage();
  const devTools = await context.newCDPSession(tab);
  await devTools.send('Network.enable');
  await devTools.send('Network.emulateNetworkConditions', SLOW_4G);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER_PROCESSOR });
  // The page itself notes when words are first on it: the time of this script does not count.
  await tab.addInitScript(() => {
    const seen: Record<string, number> = {};
    Object.assign(window, { seen });
    const look = () => {
      const text = document.body?.innerText ?? '';
      if (text.includes('computer program')) seen.welcome ??= performance.now();
      if (text.includes('approaches a child')) seen.answer ??= performance.now();
      requestAnimationFrame(look);
    };
    look();
  });
  await tab.waitForTimeout(BROWSER_STARTS);
  await tab.goto(url + path, { timeout: PATIENCE, waitUntil: 'commit' });
  // Web Chat drops what is sent before it is connected: whoever asks waits for the welcome.
  await tab.waitForFunction(() => (window as unknown as { seen: Partial<Times> }).seen.welcome, undefined, {
    timeout: PATIENCE,
  });
  await tab.locator(box).fill(QUESTION, { timeout: PATIENCE });
  await tab.locator(box).press('Enter');
  await tab.waitForFunction(() => (window as unknown as { seen: Partial<Times> }).seen.answer, undefined, {
    timeout: PATIENCE,
  });
  const times = await tab.evaluate(() => (window as unknown as { seen: Times }).seen);
  await context.close();
  return times;
}

const median = (values: readonly number[]) => percentile(values, 0.5);
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;

if (!hasChromium()) {
  console.error('This benchmark needs Chromium: apt-get install chromium');
  process.exit(1);
}
const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } });
await build({ configFile: join(ROOT, 'vite.config.ts') });
const { server, url, store } = await startServer({}, { prepare: serveWebChat });
const browser = await launch();
const results = new Map<string, Times[]>(CLIENTS.map(({ name }) => [name, []]));
for (let run = 1; run <= Number(values.runs); run++) {
  // Who comes first takes turns.
  for (const client of run % 2 === 1 ? CLIENTS : CLIENTS.toReversed()) {
    const times = await measure(browser, url, client);
    results.get(client.name)?.push(times);
    console.log(
      `run ${run}  ${client.name}: welcome ${seconds(times.welcome)}, first answer ${seconds(times.answer)}`,
    );
  }
}
await browser.close();
await server.close();
await store.close();

const mediansOf = (name: string): Times => ({
  welcome: median((results.get(name) ?? []).map(({ welcome }) => welcome)),
  answer: median((results.get(name) ?? []).map(({ answer }) => answer)),
});
const ours = mediansOf('our window');
console.log(
  `\nMedians of ${values.runs} runs (Web Chat gzipped: ${Math.round((PACKED.get('webchat.js')?.length ?? 0) / 1024)} kB)`,
);
for (const { name } of CLIENTS) {
  const { welcome, answer } = mediansOf(name);
  console.log(
    `${name.padEnd(18)} welcome ${seconds(welcome).padStart(8)} (×${(welcome / ours.welcome).toFixed(1)})   first answer ${seconds(answer).padStart(8)} (×${(answer / ours.answer).toFixed(1)})`,
  );
}
const ratio = mediansOf('Web Chat').answer / ours.answer;
console.log(`Our first answer comes ${ratio.toFixed(1)} times sooner than Web Chat's (goal: ${GOAL}).`);
process.exitCode = ratio >= GOAL ? 0 : 1;
