/** `npm run screenshots`: the pictures of the guides for staff, made from a running bot with a copy of the files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { FileRoster } from '../../src/staff/index.ts';
import { ROOT } from '../helpers.ts';
import { copyProject, type LiveServer, startLive } from '../live/project.ts';
import { hasChromium, launch } from './helpers.ts';

const FOLDER = join(ROOT, 'docs', 'staff', 'images');
const SIZE = { width: 1280, height: 800 };
/** Of WebP, 0–100: text stays sharp, and a picture weighs some tens of kilobytes. */
const QUALITY = 55;
const PATIENCE = 180_000;
const QUESTIONS: Readonly<Record<string, string>> = {
  nl: 'iemand van 40 wil mij zien en ik ben 14',
  fr: 'un homme de 40 ans veut me voir et j’ai 14 ans',
  en: 'a man of 40 wants to see me and i am 14',
};

async function picture(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await session.detach();
  await writeFile(join(FOLDER, `${name}.webp`), Buffer.from(data, 'base64'));
  console.log(`${name}.webp  ${Math.round((data.length * 0.75) / 1024)} kB`);
}

async function pagesIn(locale: string, browser: Browser, { url }: LiveServer, token: string): Promise<void> {
  const context = await browser.newContext({ viewport: SIZE, locale, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`${url}/staff?lang=${locale}`);
  await page.getByRole('textbox').fill(token);
  await page.getByRole('textbox').press('Enter');
  await page.locator('.cards').waitFor();
  await picture(page, `${locale}-start`);

  await page.goto(`${url}/staff/preview`);
  await page.locator('#question').fill(QUESTIONS[locale] ?? '');
  await page.locator('#question').press('Enter');
  for (const frame of [0, 1, 2])
    await page.frameLocator('iframe').nth(frame).locator('.bubble.bot').waitFor();
  await page.locator('#understood').scrollIntoViewIfNeeded();
  await page.evaluate(() =>
    window.scrollTo(0, document.querySelector('#understood')?.getBoundingClientRect().top ?? 0),
  );
  await picture(page, `${locale}-preview`);

  await page.goto(`${url}/staff/knowledge`);
  await picture(page, `${locale}-state`);

  await page.goto(`${url}/admin#/collections/answers/entries/grooming.help`);
  await page.locator('[id^="nl-field"]').first().waitFor();
  await picture(page, `${locale}-answer`);
  await page.goto(`${url}/admin#/collections/figures`);
  await page.getByText('(sexting-files)').click();
  const years = page.locator('[id^="values-field"]').first();
  await years.waitFor();
  await years.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await picture(page, `${locale}-figures`);
  await context.close();
}

if (!hasChromium()) throw new Error('Chromium is needed: apt-get install chromium');
await mkdir(FOLDER, { recursive: true });
const running = await startLive(await copyProject());
const token = await new FileRoster(join(running.root, '.data')).add('An', '2026-11-24');
const browser = await launch();
try {
  for (const locale of running.live.brain.knowledge.locales) await pagesIn(locale, browser, running, token);
} finally {
  await browser.close();
  await running.close();
}
process.exit(0);
