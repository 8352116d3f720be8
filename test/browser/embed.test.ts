/** The launcher on a page of somebody else, with strong styles and a strict policy of its own. */
import { createHash } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type RunningServer, startServer } from '../helpers.ts';
import { DESKTOP, foreignContext, hasChromium, launch, PHONE, picture } from './helpers.ts';

// A browser on a busy machine is slow; a test that hangs is still told.
vi.setConfig({ testTimeout: 90_000 });

const HOST = 'https://school.example';
const STRANGER = 'https://stranger.example';
const STRONG =
  '* { color: red !important; font-size: 40px !important; } button, iframe { display: none !important; }';

describe.skipIf(!hasChromium())('the launcher in Chromium', () => {
  let browser: Browser;
  let running: RunningServer;
  beforeAll(async () => {
    running = await startServer({ ALLOWED_ORIGINS: HOST, EXIT_URL: 'https://exit.example/' });
    browser = await launch();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await running.server.close();
  });

  /** A page with the launcher on it, and what its policy refused. */
  async function visit(
    attributes: string,
    {
      origin = HOST,
      strong = true,
      ...options
    }: BrowserContextOptions & { origin?: string; strong?: boolean } = {},
  ): Promise<{ host: Page; violations: string[] }> {
    const context = await foreignContext(browser, { viewport: DESKTOP, reducedMotion: 'reduce', ...options });
    const host = await context.newPage();
    const violations: string[] = [];
    host.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) violations.push(message.text());
    });
    const body = `<!doctype html><html lang="nl"><title>School</title>${strong ? '<link rel="stylesheet" href="/strong.css">' : ''}
      <main><h1>School</h1></main><script src="${running.url}/embed.js" ${attributes} async></script></html>`;
    const policy = `default-src 'none'; script-src ${running.url}; style-src 'self'; frame-src ${running.url}`;
    await context.route(`${origin}/`, (route) =>
      route.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': policy }, body }),
    );
    await context.route(`${origin}/strong.css`, (route) =>
      route.fulfill({ contentType: 'text/css', body: STRONG }),
    );
    await context.route('https://exit.example/', (route) => route.fulfill({ body: 'elsewhere' }));
    await host.goto(`${origin}/`);
    await host.waitForFunction(() => document.querySelector('child-focus-chat') !== null);
    return { host, violations };
  }

  /** The shadow root is closed: the button is reached as the keyboard reaches it. */
  async function openByKeyboard(host: Page): Promise<Frame> {
    const find = () => host.frames().find((one) => one.url().startsWith(`${running.url}/chat`));
    await host.locator('child-focus-chat').evaluate((element: HTMLElement) => element.focus());
    await host.keyboard.press('Enter');
    await expect.poll(find, { timeout: 10_000 }).toBeDefined();
    const frame = find();
    if (!frame) throw new Error('The chat did not open.');
    await frame.locator('.bubble.bot').first().waitFor();
    return frame;
  }

  test('opens the chat in the language asked for, unharmed by the page and harmless to it', async () => {
    const { host, violations } = await visit('data-lang="fr" data-label="Une question ?"');
    const globals = await host.evaluate(() => Object.keys(window).filter((name) => name.length < 4));
    expect(globals).not.toContain('e');
    await picture(host, 'embedded-closed');
    const chat = await openByKeyboard(host);
    expect(await chat.locator('.bubble.bot').first().innerText()).toMatch(/programme informatique/);
    expect(await chat.locator('h1').evaluate((title) => getComputedStyle(title).color)).not.toBe(
      'rgb(255, 0, 0)',
    );
    await picture(host, 'embedded-desktop-fr');
    expect(violations).toEqual([]);
  });

  test('passes a topic and a campaign on to the chat', async () => {
    const { host } = await visit('data-lang="en" data-topic="grooming" data-campaign="school-2026"');
    const chat = await openByKeyboard(host);
    expect(new URL(chat.url()).search).toBe('?lang=en&topic=grooming&c=school-2026');
    await chat.locator('.bubble.me').first().waitFor();
  });

  test('takes the whole screen of a phone, and gives it back with the focus where it was', async () => {
    const { host } = await visit('data-lang="nl"', { viewport: PHONE, strong: false });
    await picture(host, 'embedded-phone-closed');
    const chat = await openByKeyboard(host);
    const size = await chat.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    expect(size).toEqual(PHONE);
    await picture(host, 'embedded-phone-nl');
    await chat.locator('.close').click();
    await expect.poll(() => host.evaluate(() => document.activeElement?.tagName)).toBe('CHILD-FOCUS-CHAT');
    await host.keyboard.press('Enter');
    await expect.poll(() => chat.evaluate(() => innerHeight)).toBe(PHONE.height);
    expect(await chat.locator('.bubble.bot').count()).toBe(1);
  });

  test.each(['in the chat', 'on the page around it'])(
    'Escape three times %s leaves with the whole page',
    async (where) => {
      const { host } = await visit('data-lang="nl"');
      const begun = host.waitForResponse((response) => /\/conversations$/.test(response.url()));
      const chat = await openByKeyboard(host);
      const { conversationId: id } = (await (await begun).json()) as { conversationId: string };
      if (where === 'in the chat') await chat.locator('textarea').focus();
      else await host.locator('h1').click({ force: true });
      for (let i = 0; i < 3; i++) await host.keyboard.press('Escape');
      await host.waitForURL('https://exit.example/');
      await expect.poll(() => running.store.exists(id)).toBe(false);
    },
  );

  test('does not open on a website that is not on the list', async () => {
    const { host, violations } = await visit('data-lang="nl"', { origin: STRANGER });
    await host.locator('child-focus-chat').evaluate((element: HTMLElement) => element.focus());
    await host.keyboard.press('Enter');
    await expect.poll(() => violations.join()).toMatch(/frame-ancestors/);
    const response = await fetch(`${running.url}/v3/directline/conversations`, {
      method: 'POST',
      headers: { origin: STRANGER },
    });
    expect(response.status).toBe(403);
  });

  test.each(['nl', 'fr', 'en'])(
    'axe finds nothing on the demonstration page with the chat open (%s)',
    async (lang) => {
      const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: 'reduce' });
      const host = await context.newPage();
      await host.goto(`${running.url}/demo?lang=${lang}`);
      await host.waitForFunction(() => document.querySelector('child-focus-chat') !== null);
      await host.locator('h1').click();
      await host.locator('nav a').last().focus();
      await openByKeyboard(host);
      await picture(host, `demo-${lang}`);
      const { violations } = await new AxeBuilder({ page: host }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    },
  );
});

describe('the policy of the chat', () => {
  test('lets no script or style in but our files and what it names by hash, and only listed websites frame it', async () => {
    const running = await startServer({ ALLOWED_ORIGINS: HOST });
    const response = await fetch(`${running.url}/chat`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe/);
    expect(policy).toContain(`frame-ancestors 'self' ${HOST}`);
    const html = await response.text();
    const hashOf = (element: RegExp) =>
      createHash('sha256')
        .update(element.exec(html)?.[1] ?? '')
        .digest('base64');
    expect(policy).toContain(`script-src 'self' 'sha256-${hashOf(/<script>(.*?)<\/script>/s)}';`);
    expect(policy).toContain(`style-src 'self' 'sha256-${hashOf(/<style>(.*?)<\/style>/s)}';`);
    // The other inline block is data, which is not run.
    expect(html.match(/<script(?![^>]*\bsrc=)[^>]*>/g)).toEqual([
      '<script>',
      '<script type="application/json" id="settings">',
    ]);
    expect(html).not.toMatch(/<style[^>]*>.*<style| style=| on\w+="/s);
    await running.server.close();
  });
});
