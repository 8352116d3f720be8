/** WCAG 2.2 AA on the real page: by axe on every state in every language, and by hand where axe cannot look. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type RunningServer, startServer } from '../helpers.ts';
import { answer, hasChromium, launch, openChat, picture, say } from './helpers.ts';

// A browser on a busy machine is slow; a test that hangs is still told.
vi.setConfig({ testTimeout: 90_000 });

const QUESTIONS: Readonly<Record<string, readonly [figures: string, help: string]>> = {
  nl: ['cijfers grooming', 'ik word gechanteerd met een foto'],
  fr: ['chiffres grooming', 'on me fait du chantage avec une photo'],
  en: ['grooming figures', 'someone is blackmailing me with a picture'],
};
const LANGUAGES = Object.keys(QUESTIONS);
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** WCAG 2.5.8, and what we aim at for what is tapped in a hurry. */
const LEAST_TARGET = 24;
const AIM = 44;

async function findings(page: Page): Promise<string[]> {
  const { violations, passes } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  expect(passes.length).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** Everything that can be in the conversation at once: chart, table, contacts, sources, choices, a refusal, a failure. */
async function fillWithEverything(page: Page, lang: string): Promise<void> {
  const [figures, help] = QUESTIONS[lang] ?? ['', ''];
  await say(page, figures);
  await page.locator('figure summary').first().click();
  await page.locator('details.sources summary').first().click();
  await say(page, help);
}

describe.skipIf(!hasChromium())('accessibility', () => {
  let browser: Browser;
  let running: RunningServer;
  beforeAll(async () => {
    running = await startServer();
    browser = await launch();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await running.server.close();
  });
  const open = (lang = 'nl', options: BrowserContextOptions = {}) =>
    openChat(browser, `${running.url}/chat?lang=${lang}`, options);

  describe('axe finds nothing', () => {
    test.each(LANGUAGES)('in a conversation with everything in it, light and dark (%s)', async (lang) => {
      const page = await open(lang);
      await fillWithEverything(page, lang);
      expect(await findings(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await picture(page, `dark-${lang}`);
      expect(await findings(page)).toEqual([]);
    });

    test.each(LANGUAGES)('offline, ended and cleared (%s)', async (lang) => {
      const page = await open(lang, { colorScheme: 'dark' });
      await page.context().setOffline(true);
      await page.locator('textarea').fill('?');
      await page.locator('textarea').press('Enter');
      await page.locator('p.failed').waitFor();
      await page.locator('.status').waitFor();
      await picture(page, `dark-${lang}-offline`);
      expect(await findings(page)).toEqual([]);
      await page.context().setOffline(false);
      await answer(page, 1);

      const { conversationId } = JSON.parse(
        (await page.evaluate(() => sessionStorage.getItem('chat-session'))) ?? '{}',
      );
      await running.store.erase(conversationId);
      // Whoever comes back finds out.
      await page.context().setOffline(true);
      await page.context().setOffline(false);
      await page.locator('.ended').waitFor();
      await page.emulateMedia({ colorScheme: 'light' });
      await picture(page, `phone-${lang}-ended`);
      expect(await findings(page)).toEqual([]);
      await page.locator('.clear').click();
      await page.locator('.notice').waitFor();
      await picture(page, `phone-${lang}-cleared`);
      expect(await findings(page)).toEqual([]);
    });

    test('in forced colours, where every control keeps an edge', async () => {
      const page = await open('nl', { forcedColors: 'active' });
      await fillWithEverything(page, 'nl');
      await picture(page, 'forced-colours-nl');
      expect(await findings(page)).toEqual([]);
      for (const control of [
        '.exit',
        '.human',
        '.send',
        '.replies button',
        '.contacts a',
        '.helpful button',
      ]) {
        const edge = await page
          .locator(control)
          .first()
          .evaluate((element) => getComputedStyle(element).borderTopStyle);
        expect(edge, control).toBe('solid');
      }
    });

    test('without scripts', async () => {
      const page = await open('fr');
      // axe needs scripts itself: what a browser without them shows is put into the page.
      await page.evaluate(async () => {
        const html = await (await fetch('/chat?lang=fr')).text();
        const parsed = new DOMParser().parseFromString(html, 'text/html');
        document.querySelector('#chat')?.replaceWith(parsed.querySelector('#chat') ?? '');
      });
      expect(await findings(page)).toEqual([]);
    });
  });

  test('a whole chat goes by keyboard alone, and the focus is always somewhere sensible', async () => {
    const page = await open();
    const focus = () =>
      page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        return element.id || element.className || element.textContent;
      });
    const tabTo = async (wanted: RegExp, key = 'Tab') => {
      for (let i = 0; i < 30; i++) {
        await page.keyboard.press(key);
        if (wanted.test((await focus()) ?? '')) return;
      }
      throw new Error(`${wanted} cannot be reached by ${key}`);
    };
    await tabTo(/exit/);
    await tabTo(/human/);
    await tabTo(/^NLNL|^NL/);
    await tabTo(/clear/);
    await tabTo(/^log$/);
    await tabTo(/Wat is|Hoe|Ik|Wie|kan/);
    await page.keyboard.press('Enter');
    await answer(page, 1);
    expect(await focus()).toBe('message');
    await page.keyboard.type('cijfers grooming');
    await page.keyboard.press('Enter');
    await answer(page, 2);
    expect(await focus()).toBe('message');
    await tabTo(/^Ja$/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    expect(await focus()).toBe('helpful');
    await tabTo(/Als tabel/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('figure details[open]').count()).toBe(1);
    await tabTo(/clear/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('.notice').waitFor();
    expect(await focus()).toMatch(/clear/);
  });

  test('on a phone a quick reply does not pull up the keyboard over its answer', async () => {
    const page = await open('nl', { hasTouch: true, isMobile: true });
    await page.locator('.replies button').first().tap();
    await answer(page, 1);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('log');
  });

  test('what is new is spoken once, politely, in one place and in its own language', async () => {
    const page = await open('nl');
    await say(page, "c'est quoi le grooming");
    expect(await page.locator('[aria-live="polite"], [role="status"], [role="alert"]').count()).toBe(1);
    const spoken = page.locator('[aria-live="polite"] p');
    const news = spoken.filter({ hasText: 'adulte' });
    expect(await news.count()).toBe(1);
    expect(await news.getAttribute('lang')).toBe('fr');
    expect(await spoken.last().innerText()).toMatch(/^Antwoorden om te kiezen: \d$/);
    await page.context().setOffline(true);
    await expect.poll(() => spoken.last().innerText()).toMatch(/Geen verbinding/);
  });

  test('every message says its language, who wrote it and when', async () => {
    const page = await open('nl');
    await say(page, "c'est quoi le grooming");
    expect(
      await page.locator('.said').evaluateAll((all) => all.map((one) => one.getAttribute('lang'))),
    ).toEqual(['nl', 'fr', 'fr']);
    expect(await page.locator('.replies').getAttribute('lang')).toBe('fr');
    const heads = await page.locator('.bubble > .hidden').allTextContents();
    expect(heads[1]).toMatch(/^Jij, \d{2}:\d{2}: $/);
    expect(heads[2]).toMatch(/^Chatbot, \d{2}:\d{2}: $/);
  });

  test.each(LANGUAGES)('enlarged twice, nothing is cut off or scrolls sideways (%s)', async (lang) => {
    // A window of 640 pixels at 200 % is one of 320.
    const page = await open(lang, { viewport: { width: 320, height: 400 }, deviceScaleFactor: 2 });
    await fillWithEverything(page, lang);
    expect(await overflowing(page)).toEqual([]);
    for (const control of ['.exit', 'a.human', '.languages', '.clear-low', 'textarea']) {
      expect(await page.locator(control).first().isVisible(), control).toBe(true);
    }
    await picture(page, `zoom-200-${lang}`);
  });

  test.each(LANGUAGES)('wider text spacing (WCAG 1.4.12) hides nothing (%s)', async (lang) => {
    const page = await open(lang);
    await fillWithEverything(page, lang);
    // As a person's own style sheet does: line height 1.5, letters 0.12 em, words 0.16 em, paragraphs 2 em.
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }',
      );
      document.adoptedStyleSheets = [sheet];
    });
    expect(await overflowing(page)).toEqual([]);
    await picture(page, `text-spacing-${lang}`);
  });

  test('everything that is tapped is large enough for a finger', async () => {
    const page = await open('nl', { viewport: { width: 320, height: 568 } });
    await fillWithEverything(page, 'nl');
    const sizes = await page
      .locator('button:visible, a:visible, summary:visible, textarea')
      .evaluateAll((all) =>
        all.map((one) => {
          const { width, height } = one.getBoundingClientRect();
          return { what: one.className || one.textContent || '', width, height };
        }),
      );
    // Links within a line of text are measured by their line (WCAG 2.5.8, exception "inline").
    expect(
      sizes.filter(
        ({ width, height, what }) => (width < LEAST_TARGET || height < LEAST_TARGET) && !/tabblad/.test(what),
      ),
    ).toEqual([]);
    for (const urgent of ['.exit', '.human', '.contacts a', '.replies button', '.send', 'textarea']) {
      const box = await page.locator(urgent).first().boundingBox();
      expect(box?.height, urgent).toBeGreaterThanOrEqual(AIM);
    }
  });

  test('the box has letters of 16 pixels at least, so that phones do not zoom in', async () => {
    const page = await open();
    const size = await page
      .locator('textarea')
      .evaluate((box) => Number.parseFloat(getComputedStyle(box).fontSize));
    expect(size).toBeGreaterThanOrEqual(16);
  });

  test('who wants less motion gets none', async () => {
    const page = await open('nl', { reducedMotion: 'reduce' });
    await say(page, 'hallo');
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  test('reading aloud is offered for languages with a voice only, also when voices come late', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(() => {
      const spoken: string[] = [];
      let voices: { lang: string }[] = [];
      const synthesis = Object.assign(new EventTarget(), {
        getVoices: () => voices,
        speak: (utterance: SpeechSynthesisUtterance) => spoken.push(`${utterance.lang} ${utterance.text}`),
        cancel: () => spoken.push('cancel'),
        load: () => {
          voices = [{ lang: 'nl-BE' }];
          synthesis.dispatchEvent(new Event('voiceschanged'));
        },
        spoken,
      });
      Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
    });
    await page.goto(`${running.url}/chat?lang=nl`);
    await answer(page, 0);
    expect(await page.locator('.read-aloud').count()).toBe(0);
    await page.evaluate(() => (speechSynthesis as unknown as { load: () => void }).load());
    await page.locator('.read-aloud').first().waitFor();
    await say(page, "c'est quoi le grooming");
    expect(await page.locator('.read-aloud').count()).toBe(1);
    await page.locator('.read-aloud').click();
    expect(await page.locator('.read-aloud').innerText()).toBe('Stop met voorlezen');
    const spoken = await page.evaluate(() => (speechSynthesis as unknown as { spoken: string[] }).spoken);
    expect(spoken.at(-1)).toMatch(/^nl Hallo!.*computerprogramma/s);
    expect(spoken.at(-1)).not.toContain('**');
  });
});

/** Elements whose content is cut off or reaches beyond the screen. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [];
    const cut = [
      ...document.querySelectorAll('button, a, h1, p, li, figcaption, .bubble, .log, th, td'),
    ].filter((element) => {
      const { right, width } = element.getBoundingClientRect();
      const isHidden = width <= 1 || element.closest('.hidden, .wide, details:not([open])') !== null;
      return (
        !isHidden &&
        (element.scrollWidth > element.clientWidth + 1 || right > innerWidth + 1) &&
        getComputedStyle(element).display !== 'inline'
      );
    });
    return [...wide, ...cut.map((element) => element.outerHTML.slice(0, 160))];
  });
}
