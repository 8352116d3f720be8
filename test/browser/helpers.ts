import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

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

export const PHONE = { width: 360, height: 740 };

/** Types a message as a person does, and waits for the answer to be complete. */
export async function say(page: Page, text: string): Promise<string> {
  const before = await page.locator('.bubble.bot').count();
  await page.locator('textarea').fill(text);
  await page.locator('textarea').press('Enter');
  await page.locator('.bubble.bot').nth(before).waitFor();
  return page.locator('.bubble.bot').nth(before).innerText();
}
