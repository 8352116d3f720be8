/** Microsoft's Web Chat against our server: the proof that the channel speaks real Direct Line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT, type RunningServer, startServer } from '../helpers.ts';
import { hasChromium, launch } from './helpers.ts';

const HOST = 'https://webchat.example';
const SCRIPT = readFileSync(join(ROOT, 'node_modules/botframework-webchat/dist/webchat.js'), 'utf8');
const page = (
  server: string,
) => `<!doctype html><html lang="en"><title>Web Chat</title><div id="webchat"></div>
<script src="/webchat.js"></script><script>
(async () => {
  const response = await fetch('${server}/v3/directline/tokens/generate', { method: 'POST' });
  const { token } = await response.json();
  const directLine = WebChat.createDirectLine({ token, domain: '${server}/v3/directline', conversationStartProperties: { locale: 'fr-BE' } });
  WebChat.renderWebChat({ directLine, locale: 'fr-FR' }, document.getElementById('webchat'));
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

  test('shows the welcome, the buttons, the answer and the contacts, in the language asked for', async () => {
    const context = await browser
      .newContext({ permissions: ['local-network-access'] })
      .catch(() => browser.newContext());
    const chat = await context.newPage();
    await chat.route(`${HOST}/`, (route) =>
      route.fulfill({ contentType: 'text/html', body: page(running.url) }),
    );
    await chat.route(`${HOST}/webchat.js`, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: SCRIPT }),
    );
    await chat.goto(`${HOST}/`);
    await chat.getByText('programme informatique').first().waitFor();
    await chat.getByRole('button', { name: "C'est quoi le sexting" }).first().waitFor();
    await chat
      .locator('[data-testid="send box text area"], .webchat__send-box-text-box__input')
      .first()
      .fill("c'est quoi le grooming");
    await chat.keyboard.press('Enter');
    await chat.getByText('manipule').first().waitFor();
    await chat.screenshot({ path: join(ROOT, 'test-output/webchat.png') });
    expect(await chat.locator('.ac-adaptiveCard').count()).toBeGreaterThan(0);
    await context.close();
  });
});
