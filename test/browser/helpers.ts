import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { ROOT } from '../helpers.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** True where Debian's Chromium is installed; the setup says so in one line where it is not. */
export function hasChromium(): boolean {
  return existsSync(CHROMIUM);
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A browser on a busy machine is slow; a step that hangs is still told. */
export const PATIENCE = 60_000;

export const PHONE = { width: 360, height: 740 };
export const SMALL_PHONE = { width: 320, height: 568 };
export const DESKTOP = { width: 1280, height: 800 };

/** Opens the chat in a context of its own, and waits for the welcome. */
export async function openChat(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('.bubble.bot').first().waitFor();
  return page;
}

/** Types a message as a person does, and waits for the answer to be complete. */
export async function say(page: Page, text: string): Promise<string> {
  const before = await page.locator('.bubble.bot').count();
  await page.locator('textarea').fill(text);
  await page.locator('textarea').press('Enter');
  return answer(page, before);
}

/** The bot's message with this place in the conversation, from 0. */
export async function answer(page: Page, index: number): Promise<string> {
  const bubble = page.locator('.bubble.bot').nth(index);
  await bubble.waitFor();
  return bubble.innerText();
}

/** A picture to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${ROOT}/test-output/${name}.png` });
}

/** A context that a page of another website may load our server from, as browsers ask for since 2025. */
export async function foreignContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser
    .newContext({ ...options, permissions: ['local-network-access'] })
    .catch(() => browser.newContext(options));
  context.setDefaultTimeout(PATIENCE);
  return context;
}
