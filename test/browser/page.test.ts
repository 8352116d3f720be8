import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT, type RunningServer, startServer } from '../helpers.ts';
import { hasChromium, launch, PHONE, say } from './helpers.ts';

describe.skipIf(!hasChromium())('the page in Chromium', () => {
  let browser: Browser;
  let running: RunningServer;
  beforeAll(async () => {
    running = await startServer({ EXIT_URL: 'https://exit.example/' });
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await running.server.close();
  });

  async function open(locale: string, query = ''): Promise<Page> {
    const context = await browser.newContext({ viewport: PHONE, locale, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${running.url}/${query}`);
    await page.locator('.bubble.bot').first().waitFor();
    return page;
  }

  test.each([
    ['nl-BE', 'wat is grooming', /volwassene/, /computerprogramma/],
    ['fr-BE', "c'est quoi le grooming", /adulte/, /programme informatique/],
    ['en-GB', 'what is grooming', /adult/, /computer program/],
  ])('in %s a person is welcomed, asks and is answered', async (locale, question, answer, welcome) => {
    const page = await open(locale);
    expect(await page.locator('.bubble.bot').first().innerText()).toMatch(welcome);
    expect(await say(page, question)).toMatch(answer);
    expect(await page.locator('html').getAttribute('lang')).toBe(locale.slice(0, 2));
    expect(await page.locator('.bubble.bot').last().getAttribute('lang')).toBe(locale.slice(0, 2));
    await page.screenshot({ path: `${ROOT}/test-output/phone-${locale}.png` });
    await page.context().close();
  });

  test('a quick reply is a button that asks its question', async () => {
    const page = await open('nl-BE');
    const button = page.locator('.replies button').first();
    const title = await button.innerText();
    await button.click();
    await page.locator('.bubble.me').waitFor();
    expect(await page.locator('.bubble.me').innerText()).toContain(title);
    await page.locator('.bubble.bot').nth(1).waitFor();
    await page.context().close();
  });

  test.each(['nl', 'fr', 'en'])('nothing stands in the way of accessibility (%s)', async (lang) => {
    const page = await open(lang, `?lang=${lang}`);
    await say(page, { nl: 'cijfers grooming', fr: 'chiffres grooming', en: 'grooming figures' }[lang] ?? '');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.context().close();
  });

  test('messages are announced politely, in one place', async () => {
    const page = await open('nl-BE');
    expect(await page.locator('[aria-live="polite"]').count()).toBe(1);
    await page.context().close();
  });

  test('markup in a message is shown as text', async () => {
    const page = await open('nl-BE');
    await say(page, '<img src=x onerror="document.title=1"> <b>hallo</b>');
    expect(await page.locator('.bubble.me').innerText()).toContain('<b>hallo</b>');
    expect(await page.locator('.bubble img').count()).toBe(0);
    await page.context().close();
  });

  test('a reload brings the conversation back', async () => {
    const page = await open('nl-BE');
    await say(page, 'wat is sexting');
    await page.reload();
    await page.locator('.bubble.me').waitFor();
    expect(await page.locator('.bubble').count()).toBe(3);
    await page.context().close();
  });

  test('a lost connection is said, and the message is not lost', async () => {
    const page = await open('nl-BE');
    await page.context().setOffline(true);
    await page.locator('textarea').fill('wat is sexting');
    await page.locator('textarea').press('Enter');
    await page.locator('.failed button').waitFor();
    await page.context().setOffline(false);
    await page.locator('.failed button').click();
    await page.locator('.bubble.bot').nth(1).waitFor();
    expect(await page.locator('.bubble.me').count()).toBe(1);
    await page.context().close();
  });

  test('clearing the chat erases it on the server too', async () => {
    const page = await open('nl-BE');
    await say(page, 'wat is sexting');
    const session = JSON.parse(
      (await page.evaluate(() => sessionStorage.getItem('chat-session'))) ?? '{}',
    ) as { conversationId: string };
    await page.getByText('Wis deze chat').click();
    await expect.poll(() => running.store.exists(session.conversationId)).toBe(false);
    await page.context().close();
  });

  test.each(['the button', 'three times Escape'])('%s leaves at once, and clears the chat', async (way) => {
    const page = await open('nl-BE');
    await page.route('https://exit.example/**', (route) => route.fulfill({ body: 'elsewhere' }));
    if (way === 'the button') await page.getByText('Snel weg', { exact: true }).click();
    else for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
    await page.waitForURL('https://exit.example/');
    await page.context().close();
  });

  test('the number of a human and the way out are always visible', async () => {
    const page = await open('nl-BE');
    await say(page, 'iemand chanteert mij');
    expect(await page.locator('a[href="tel:116000"]').first().isVisible()).toBe(true);
    expect(await page.getByText('Snel weg', { exact: true }).isVisible()).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.context().close();
  });

  test('nothing is kept in cookies or local storage, and nobody else is asked for anything', async () => {
    const context = await browser.newContext({ locale: 'nl-BE' });
    const page = await context.newPage();
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(running.url);
    await page.locator('.bubble.bot').first().waitFor();
    expect(await context.cookies()).toEqual([]);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect([...hosts]).toEqual([new URL(running.url).host]);
    await context.close();
  });
});
