import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../helpers.ts';
import { answer, hasChromium, launch, openChat, picture, SMALL_PHONE } from './helpers.ts';

describe.skipIf(!hasChromium())('a dialog in Chromium', () => {
  let browser: Browser;
  let running: RunningServer;
  beforeAll(async () => {
    running = await startServer();
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await running.server.close();
  });

  test('a link opens the quiz in French, and tapping leads through it on a small phone', async () => {
    const page = await openChat(browser, `${running.url}/chat?dialog=quiz&lang=fr`, {
      viewport: SMALL_PHONE,
    });
    expect(await answer(page, 1)).toContain('Comment cela s’appelle-t-il ?'.replace('’', "'"));
    const tap = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await tap('Le grooming');
    expect(await answer(page, 2)).toMatch(/^[\s\S]*Exact !/);
    await picture(page, 'dialog-quiz-fr');
    await tap('Retour');
    expect(await answer(page, 3)).toContain("Comment cela s'appelle-t-il ?");
    await tap('Arrêter');
    expect(await answer(page, 4)).toContain('on arrête ces questions');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.context().close();
  });

  test('help is offered by the welcome, and every choice of its first question can be seen', async () => {
    const page = await openChat(browser, `${running.url}/chat?lang=nl`);
    await page.getByRole('button', { name: 'Hulp, stap voor stap', exact: true }).click();
    expect(await answer(page, 1)).toContain('Wat is er aan de hand?');
    const shown = await page.locator('.replies button').allInnerTexts();
    expect(shown.slice(-2)).toEqual(['Stoppen', 'Een mens']);
    expect(shown).toHaveLength(8);
    await picture(page, 'dialog-help-nl');
    await page.context().close();
  });
});
