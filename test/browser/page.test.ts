/** The page in Chromium: a conversation, safety, and a connection that comes and goes. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createSqliteStore } from '../../src/storage/index.ts';
import { type RunningServer, startServer } from '../helpers.ts';
import {
  answer,
  DESKTOP,
  hasChromium,
  launch,
  openChat,
  PATIENCE,
  PHONE,
  picture,
  SMALL_PHONE,
  say,
} from './helpers.ts';

// A browser on a busy machine is slow; a test that hangs is still told.
vi.setConfig({ testTimeout: 90_000 });

const LANGUAGES = [
  {
    lang: 'nl',
    welcome: /computerprogramma/,
    question: 'wat is grooming',
    answer: /volwassene/,
    help: 'ik word gechanteerd met een foto',
    figures: 'cijfers grooming',
    noScript: /alleen met JavaScript.*116\s000.*101.*112/s,
  },
  {
    lang: 'fr',
    welcome: /programme informatique/,
    question: "c'est quoi le grooming",
    answer: /adulte/,
    help: 'on me fait du chantage avec une photo',
    figures: 'chiffres grooming',
    noScript: /besoin de JavaScript.*116\s000.*101.*112/s,
  },
  {
    lang: 'en',
    welcome: /computer program/,
    question: 'what is grooming',
    answer: /adult/,
    help: 'someone is blackmailing me with a picture',
    figures: 'grooming figures',
    noScript: /needs JavaScript.*116\s000.*101.*112/s,
  },
] as const;

describe.skipIf(!hasChromium())('the page in Chromium', () => {
  let browser: Browser;
  let running: RunningServer;
  beforeAll(async () => {
    running = await startServer({ EXIT_URL: 'https://exit.example/' });
    browser = await launch();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await running.server.close();
  });
  const open = (query = '?lang=nl', options = {}) =>
    openChat(browser, `${running.url}/chat${query}`, options);

  describe('a conversation', () => {
    test.each(LANGUAGES)('in $lang: welcome, answer, help with one tap to call, figures', async (one) => {
      const page = await open('', { locale: `${one.lang}-BE`, viewport: SMALL_PHONE, deviceScaleFactor: 2 });
      expect(await answer(page, 0)).toMatch(one.welcome);
      await picture(page, `small-${one.lang}-welcome`);
      expect(await say(page, one.question)).toMatch(one.answer);
      await page.setViewportSize(PHONE);
      await say(page, one.help);
      const call = page.locator('.bubble.bot').last().locator('.contacts a').first();
      expect(await call.getAttribute('href')).toBe('tel:116000');
      await picture(page, `phone-${one.lang}-help`);
      await call.scrollIntoViewIfNeeded();
      await picture(page, `phone-${one.lang}-contacts`);
      await say(page, one.figures);
      await page.locator('figure').first().scrollIntoViewIfNeeded();
      await picture(page, `phone-${one.lang}-figures`);
      expect(await page.locator('figure svg').first().getAttribute('aria-label')).toMatch(/2018: 36/);
      await page.locator('figure summary').first().click();
      expect(await page.locator('figure table').first().innerText()).toMatch(/2018\s+36/);
      await page.setViewportSize(DESKTOP);
      await picture(page, `desktop-${one.lang}`);
    });

    test('a quick reply asks its question', async () => {
      const page = await open();
      const title = await page.locator('.replies button').first().innerText();
      await page.locator('.replies button').first().click();
      await answer(page, 1);
      expect(await page.locator('.bubble.me .said').innerText()).toBe(title);
    });

    test('a tap on "Ja" says thank you and tells the server which answer helped', async () => {
      const page = await open();
      await say(page, 'wat is grooming');
      const told = page.waitForRequest((request) => (request.postData() ?? '').includes('"feedback"'));
      await page.locator('.helpful button').first().click();
      expect((await told).postDataJSON()).toMatchObject({
        name: 'feedback',
        value: { answer: 'grooming.definition', helpful: true },
      });
      expect(await page.locator('.helpful').innerText()).toBe('Bedankt.');
    });

    test('sources are folded under an answer; one with an address opens apart and is told nothing', async () => {
      const page = await open();
      await say(page, 'wat is inhope');
      const details = page.locator('details.sources').last();
      expect(await details.getAttribute('open')).toBeNull();
      await details.locator('summary').click();
      const link = details.locator('a').first();
      expect(await link.getAttribute('href')).toMatch(/^https:/);
      expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    });

    test('another language is one tap away, and the bot goes on in it', async () => {
      const page = await open();
      await page.locator('.languages button[lang="fr"]').click();
      await page.locator('.bubble').getByText('programme informatique').waitFor();
      expect(await page.locator('.bubble').count()).toBe(1);
      await say(page, 'wat is sexting');
      await page.locator('.languages button[lang="en"]').click();
      await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
      await say(page, 'grooming');
      expect(await page.locator('.bubble.bot .said').last().getAttribute('lang')).toBe('en');
      expect(await page.title()).toBe('Chat of Child Focus');
    });

    test('a message that is too long is not sent, and the window says so', async () => {
      const page = await open();
      await page.locator('textarea').fill('a'.repeat(2001));
      await page.locator('textarea').press('Enter');
      expect(await page.locator('.too-long').innerText()).toMatch(/korter dan 2000 tekens/);
      expect(await page.locator('.bubble.me').count()).toBe(0);
    });

    test('a link leads to a topic once, also over a reload, and counts its campaign once', async () => {
      const context = await browser.newContext({ viewport: PHONE });
      const page = await context.newPage();
      const events: string[] = [];
      page.on('request', (request) => {
        const body = request.postData() ?? '';
        if (body.includes('"event"')) events.push((JSON.parse(body) as { name: string }).name);
      });
      await page.goto(`${running.url}/chat?lang=fr&topic=grooming&c=poster-gent-2026`);
      await answer(page, 1);
      await page.reload();
      await answer(page, 1);
      await say(page, 'merci');
      expect(await page.locator('.bubble.me').allInnerTexts()).toHaveLength(2);
      expect(await page.locator('.bubble.me').first().innerText()).toMatch(/grooming$/);
      expect(events).toEqual(['campaign']);
    });

    test('a link asks for a dialog, and not again after a reload', async () => {
      const context = await browser.newContext({ viewport: PHONE });
      const page = await context.newPage();
      const asked: unknown[] = [];
      page.on('request', (request) => {
        const body = request.postData() ?? '';
        if (body.includes('"dialog"')) asked.push(request.postDataJSON());
      });
      await page.goto(`${running.url}/chat?lang=fr&dialog=quiz`);
      await expect.poll(() => asked.length).toBe(1);
      expect(asked[0]).toMatchObject({
        type: 'event',
        name: 'dialog',
        value: { dialog: 'quiz' },
        locale: 'fr',
      });
      await expect
        .poll(() => page.evaluate(() => sessionStorage.getItem('chat-notes')))
        .toMatch(/dialog:quiz/);
      await page.reload();
      await answer(page, 0);
      await page.locator('textarea').fill('merci');
      await page.locator('textarea').press('Enter');
      await page.locator('.bubble.me.sent').first().waitFor();
      expect(asked).toHaveLength(1);
    });
  });

  describe('on a slow network', () => {
    test('the ways out are in sight and the conversation is asked for before the code of the window is there', async () => {
      const context = await browser.newContext({ viewport: PHONE });
      const page = await context.newPage();
      let letThrough = (): void => undefined;
      const arrival = new Promise<void>((resolve) => {
        letThrough = resolve;
      });
      await page.route(/\/assets\//, async (route) => {
        await arrival;
        await route.continue();
      });
      let begun = 0;
      page.on('request', (request) => {
        if (request.method() === 'POST' && request.url().endsWith('/conversations')) begun++;
      });
      await page.goto(`${running.url}/chat?lang=nl`, { waitUntil: 'commit' });
      await expect.poll(() => begun).toBe(1);
      for (const part of ['a.human', 'a.exit']) await page.locator(part).waitFor();
      const colour = await page.locator('a.exit').evaluate((link) => getComputedStyle(link).backgroundColor);
      expect(colour).not.toBe('rgba(0, 0, 0, 0)');
      letThrough();
      expect(await answer(page, 0)).toMatch(/computerprogramma/);
      expect(begun).toBe(1);
    });

    test('a reload comes back to the conversation of the tab, and begins no other', async () => {
      const page = await open();
      const begun: string[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/conversations')) begun.push(request.url());
      });
      const { conversationId } = await session(page);
      await page.reload();
      await answer(page, 0);
      expect((await session(page)).conversationId).toBe(conversationId);
      expect(begun).toEqual([]);
    });
  });

  describe('without scripts', () => {
    test.each(LANGUAGES)(
      'the page says whom to call, and how to leave ($lang)',
      async ({ lang, noScript }) => {
        const context = await browser.newContext({ javaScriptEnabled: false, viewport: SMALL_PHONE });
        const page = await context.newPage();
        await page.goto(`${running.url}/chat?lang=${lang}`);
        expect(await page.locator('.no-script').innerText()).toMatch(noScript);
        expect(await page.locator('html').getAttribute('lang')).toBe(lang);
        expect(await page.locator('a.human').getAttribute('href')).toBe('tel:116000');
        expect(await page.locator('a.exit').getAttribute('href')).toBe('https://exit.example/');
        expect(await page.locator('.languages a').count()).toBe(3);
        await picture(page, `without-scripts-${lang}`);
      },
    );
  });

  describe('safety', () => {
    test.each(['the button', 'three times Escape'])(
      '%s leaves at once, and nothing is left behind',
      async (way) => {
        const page = await open();
        await page
          .context()
          .route('https://exit.example/**', (route) =>
            route.fulfill({ contentType: 'text/html', body: '<title>weather</title>' }),
          );
        await page.goto('about:blank');
        await page.goto(`${running.url}/chat?lang=nl`);
        await say(page, 'wat is sexting');
        const { conversationId } = await session(page);
        if (way === 'the button') await page.locator('.exit').click();
        else for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
        await page.waitForURL('https://exit.example/');
        await expect.poll(() => running.store.exists(conversationId)).toBe(false);
        await page.goBack();
        expect(page.url()).toBe('about:blank');
        await page.goto(`${running.url}/chat?lang=nl`);
        await answer(page, 0);
        expect(await page.locator('.bubble.me').count()).toBe(0);
      },
    );

    test('clearing the chat erases it on the server too, and says so', async () => {
      const page = await open('?lang=nl&topic=grooming');
      await answer(page, 1);
      const { conversationId } = await session(page);
      await page.locator('.clear').click();
      await page.getByText('De chat is gewist, ook bij ons.').first().waitFor();
      expect(await running.store.exists(conversationId)).toBe(false);
      await page.locator('.bubble.bot').first().waitFor();
      expect(await page.locator('.bubble').count()).toBe(1);
      await page.reload();
      await answer(page, 0);
      expect(await page.locator('.bubble.me').count()).toBe(0);
    });

    test('clearing without a connection does not promise what was not done', async () => {
      const page = await open();
      await page.context().setOffline(true);
      await page.locator('.clear').click();
      await page.getByText('daar verdwijnt hij vanzelf na 30 minuten').first().waitFor();
    });

    test('a human, the way out and the languages are in sight on the smallest screen, also over the keyboard', async () => {
      const page = await open('?lang=fr', { viewport: SMALL_PHONE });
      await say(page, 'on me fait du chantage');
      for (const height of [SMALL_PHONE.height, 250]) {
        await page.setViewportSize({ width: SMALL_PHONE.width, height });
        for (const part of ['a.human', '.exit', '.languages', 'textarea', '.send']) {
          const box = await page.locator(part).first().boundingBox();
          expect(box && box.y >= 0 && box.y + box.height <= height, `${part} at ${height}`).toBe(true);
          expect(box && box.x >= 0 && box.x + box.width <= SMALL_PHONE.width, `${part} at ${height}`).toBe(
            true,
          );
        }
      }
      await picture(page, 'small-keyboard-fr');
    });

    test.each(['dropped', 'pasted'])(
      'a picture that is %s is not taken, and the window says why',
      async (way) => {
        const page = await open();
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await page.evaluate((type) => {
          const data = new DataTransfer();
          data.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
          const event =
            type === 'dropped'
              ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
              : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
          document.querySelector('textarea')?.dispatchEvent(event);
        }, way);
        expect(await page.locator('.notice').innerText()).toMatch(/geen foto's of bestanden/);
        expect(asked).toEqual([]);
        await picture(page, 'phone-nl-no-files');
      },
    );

    test('nothing that a person writes becomes a link or markup', async () => {
      const page = await open();
      await say(page, 'kijk <b>hier</b> https://example.com <img src=x onerror="document.title=1">');
      expect(await page.locator('.bubble.me .said').innerText()).toContain('<b>hier</b> https://example.com');
      expect(await page.locator('.said a, .bubble img').count()).toBe(0);
    });

    test('nothing is kept but the session of the tab, and nobody else is asked for anything', async () => {
      const context = await browser.newContext({ locale: 'nl-BE' });
      const page = await context.newPage();
      const hosts = new Set<string>();
      page.on('request', (request) => hosts.add(new URL(request.url()).host));
      await page.goto(running.url);
      await answer(page, 0);
      expect(await context.cookies()).toEqual([]);
      expect(await page.evaluate(() => [localStorage.length, Object.keys(sessionStorage)])).toEqual([
        0,
        ['chat-session'],
      ]);
      expect(Object.keys(await session(page))).toEqual(['conversationId', 'token']);
      expect([...hosts]).toEqual([new URL(running.url).host]);
    });
  });

  describe('the connection', () => {
    test('lost: it is said, and the message is sent by itself once it is back', async () => {
      const page = await open();
      await page.context().setOffline(true);
      await page.locator('textarea').fill('wat is sexting');
      await page.locator('textarea').press('Enter');
      await page.locator('p.failed').waitFor();
      await page.locator('.status').waitFor();
      await picture(page, 'phone-nl-offline');
      await page.context().setOffline(false);
      await answer(page, 1);
      expect(await page.locator('.bubble.me').count()).toBe(1);
      expect(await page.locator('.status').count()).toBe(0);
    });

    test('over a restart of the server the conversation goes on, with every message once', async () => {
      const file = join(mkdtempSync(join(tmpdir(), 'chat-')), 'chats.sqlite');
      const first = createSqliteStore(file);
      const before = await startServer({}, { store: first });
      const page = await openChat(browser, `${before.url}/chat?lang=nl`);
      await say(page, 'wat is sexting');
      await before.server.close();
      await first.close();
      await page.locator('textarea').fill('en grooming?');
      await page.locator('textarea').press('Enter');
      await page.locator('p.failed').waitFor();
      const second = createSqliteStore(file);
      const after = await startServer({}, { store: second, port: Number(new URL(before.url).port) });
      expect(await answer(page, 2)).toMatch(/grooming/i);
      await page.reload();
      await answer(page, 2);
      expect(await page.locator('.bubble').count()).toBe(5);
      await page.context().close();
      await after.server.close();
      await second.close();
    });

    test('where WebSockets are blocked, the chat works by asking again and again', async () => {
      const context = await browser.newContext({ viewport: PHONE });
      const page = await context.newPage();
      await page.routeWebSocket(/stream/, (socket) => socket.close());
      await page.goto(`${running.url}/chat?lang=nl`);
      expect(await say(page, 'wat is grooming')).toMatch(/volwassene/);
    });

    test('a conversation that is gone is said to be, and what was written goes to the next one', async () => {
      const context = await browser.newContext({ viewport: PHONE });
      context.setDefaultTimeout(PATIENCE);
      const page = await context.newPage();
      // The stream would find out first, and the box be gone: here it is not told that the server closed it.
      await page.routeWebSocket(/stream/, (socket) => socket.connectToServer().onClose(() => undefined));
      await page.goto(`${running.url}/chat?lang=nl`);
      await page.locator('.bubble.bot').first().waitFor();
      await say(page, 'hallo');
      await running.store.erase((await session(page)).conversationId);
      await page.locator('textarea').fill('wat is grooming');
      await page.locator('textarea').press('Enter');
      await page.locator('.ended button').waitFor();
      await picture(page, 'phone-nl-ended');
      await page.locator('.ended button').click();
      expect(await answer(page, 1)).toMatch(/volwassene/);
      expect(await page.locator('.bubble.me').count()).toBe(1);
    });

    test('what is half written when a conversation ends is still there in the next one', async () => {
      const page = await open();
      await running.store.erase((await session(page)).conversationId);
      await page.locator('textarea').fill('ik wil iets vertellen');
      await page.context().setOffline(true);
      await page.context().setOffline(false);
      await page.locator('.ended button').click();
      expect(await page.locator('textarea').inputValue()).toBe('ik wil iets vertellen');
      await page.locator('.clear').click();
      await page.locator('.notice').waitFor();
      expect(await page.locator('textarea').inputValue()).toBe('');
    });
  });

  describe('the server', () => {
    test('sends the page small and ready, and its files to keep', async () => {
      const headers = { 'accept-language': 'fr-BE', 'accept-encoding': 'gzip, br' };
      const asked = await fetch(`${running.url}/chat`, { headers });
      const html = await asked.text();
      expect(asked.headers.get('content-encoding')).toBe('br');
      expect(html).toContain('<html lang="fr">');
      const again = await fetch(`${running.url}/chat`, {
        headers: { ...headers, 'if-none-match': asked.headers.get('etag') ?? '' },
      });
      expect(again.status).toBe(304);
      const script = await fetch(running.url + (/src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? ''), {
        headers,
      });
      expect(script.headers.get('content-encoding')).toBe('br');
      expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect((await fetch(`${running.url}/embed.js`)).headers.get('cache-control')).toBe(
        'public, max-age=3600',
      );
    });

    test('gives out no template and no build file', async () => {
      for (const path of ['/index.html', '/demo.html', '/brand.json']) {
        expect((await fetch(running.url + path)).status).toBe(404);
      }
    });
  });
});

function session(page: Page): Promise<{ conversationId: string; token: string }> {
  return page.evaluate(() => JSON.parse(sessionStorage.getItem('chat-session') ?? '{}'));
}
