/** Microsoft's Web Chat against our server: the proof that the channel speaks real Direct Line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ROOT, type RunningServer, startServer } from '../helpers.ts';
import { DESKTOP, foreignContext, hasChromium, launch, picture } from './helpers.ts';

// A browser on a busy machine is slow; a test that hangs is still told.
vi.setConfig({ testTimeout: 90_000 });

const HOST = 'https://webchat.example';
const SCRIPT = readFileSync(join(ROOT, 'node_modules/botframework-webchat/dist/webchat.js'), 'utf8');
const LANGUAGES = [
  {
    lang: 'nl',
    welcome: 'computerprogramma',
    question: 'wat is grooming',
    answer: /volwassene/,
    figures: 'cijfers grooming',
    help: 'ik word gechanteerd met een foto',
  },
  {
    lang: 'fr',
    welcome: 'programme informatique',
    question: "c'est quoi le grooming",
    answer: /manipule/,
    figures: 'chiffres grooming',
    help: 'on me fait du chantage avec une photo',
  },
  {
    lang: 'en',
    welcome: 'computer program',
    question: 'what is grooming',
    answer: /adult/,
    figures: 'grooming figures',
    help: 'someone is blackmailing me with a picture',
  },
] as const;
const page = (
  server: string,
  lang: string,
) => `<!doctype html><html lang="${lang}"><title>Web Chat</title><div id="webchat"></div>
<script src="/webchat.js"></script><script>
(async () => {
  const response = await fetch('${server}/v3/directline/tokens/generate', { method: 'POST' });
  const { token } = await response.json();
  const directLine = WebChat.createDirectLine({ token, domain: '${server}/v3/directline', conversationStartProperties: { locale: '${lang}-BE' } });
  WebChat.renderWebChat({ directLine, locale: '${lang}' }, document.getElementById('webchat'));
})();
</script>`;

describe.skipIf(!hasChromium())('Web Chat in Chromium', () => {
  let browser: Browser;
  let running: RunningServer;
  beforeAll(async () => {
    running = await startServer({ ALLOWED_ORIGINS: HOST });
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await running.server.close();
  });

  async function open(lang: string): Promise<Page> {
    const context = await foreignContext(browser, { viewport: DESKTOP, reducedMotion: 'reduce' });
    const chat = await context.newPage();
    await chat.route(`${HOST}/`, (route) =>
      route.fulfill({ contentType: 'text/html', body: page(running.url, lang) }),
    );
    await chat.route(`${HOST}/webchat.js`, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: SCRIPT }),
    );
    await chat.goto(`${HOST}/`, { waitUntil: 'commit' });
    return chat;
  }

  async function ask(chat: Page, text: string): Promise<void> {
    await chat.locator('.webchat__send-box-text-box__input').fill(text);
    await chat.keyboard.press('Enter');
  }

  test.each(LANGUAGES)(
    'in $lang: welcome, quick replies, figures as a card, contacts that call',
    async (one) => {
      const chat = await open(one.lang);
      const log = chat.locator('.webchat__basic-transcript');
      await log.getByText(one.welcome).first().waitFor();

      const quickReply = chat.locator('.webchat__suggested-actions .webchat__suggested-action').first();
      const title = (await quickReply.innerText()).trim();
      await quickReply.click();
      await log.getByText(title, { exact: true }).first().waitFor();

      await ask(chat, one.question);
      await log.getByText(one.answer).first().waitFor();

      await ask(chat, one.figures);
      const card = chat.locator('.ac-adaptiveCard').filter({ hasText: '2018' }).last();
      await card.waitFor();
      expect(await card.locator('.ac-factset').first().innerText()).toMatch(/2018\s+36/);

      await ask(chat, one.help);
      const call = chat
        .locator('.ac-pushButton, .ac-adaptiveCard button')
        .filter({ hasText: /116\s000/ })
        .last();
      await call.waitFor();
      await picture(chat, `webchat-${one.lang}`);
      await chat.context().close();
    },
  );
});
