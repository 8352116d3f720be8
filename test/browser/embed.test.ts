/** The launcher on a page of somebody else, with strong styles and a strict policy of its own. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT, type RunningServer, startServer } from '../helpers.ts';
import { hasChromium, launch } from './helpers.ts';

const HOST = 'https://school.example';
const page = (server: string) =>
  `<!doctype html><html lang="nl"><title>School</title><link rel="stylesheet" href="/strong.css"><h1>School</h1>
   <script src="${server}/embed.js" data-lang="fr" data-label="Une question ?" async></script></html>`;
const STRONG =
  '* { color: red !important; font-size: 40px !important; } button, iframe { display: none !important; }';

describe.skipIf(!hasChromium())('the launcher in Chromium', () => {
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

  test('opens the chat in the language asked for, unharmed by the page and harmless to it', async () => {
    const context = await browser
      .newContext({ permissions: ['local-network-access'] })
      .catch(() => browser.newContext());
    const host = await context.newPage();
    const policy = `default-src 'none'; script-src ${running.url}; style-src 'self'; frame-src ${running.url}`;
    await host.route(`${HOST}/`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        headers: { 'content-security-policy': policy },
        body: page(running.url),
      }),
    );
    await host.route(`${HOST}/strong.css`, (route) =>
      route.fulfill({ contentType: 'text/css', body: STRONG }),
    );
    const violations: string[] = [];
    host.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) violations.push(message.text());
    });
    await host.goto(`${HOST}/`);
    await host.waitForFunction(() => document.querySelector('child-focus-chat') !== null);
    const box = await host
      .locator('child-focus-chat')
      .evaluate((element) => getComputedStyle(element).position);
    expect(box).toBeDefined();
    // The shadow root is closed: a person finds the button by the keyboard.
    await host.keyboard.press('Tab');
    await host.keyboard.press('Enter');
    await expect
      .poll(() => host.frames().some((frame) => frame.url().startsWith(`${running.url}/chat?lang=fr`)))
      .toBe(true);
    const chat = host.frames().find((frame) => frame.url().startsWith(running.url));
    await chat?.locator('.bubble.bot').first().waitFor();
    expect(await chat?.locator('.bubble.bot').first().innerText()).toMatch(/programme informatique/);
    await host.screenshot({ path: `${ROOT}/test-output/embedded.png` });
    expect(violations).toEqual([]);
    await context.close();
  });
});
