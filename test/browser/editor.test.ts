import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileRoster } from '../../src/staff/index.ts';
import { ROOT } from '../helpers.ts';
import { copyProject, type LiveServer, openChat, startLive, until } from '../live/project.ts';
import { hasChromium, launch } from './helpers.ts';

const DESKTOP = { width: 1500, height: 1000 };
const PATIENCE = 300_000;
const FILE = 'knowledge/figures/grooming-files.yaml';

describe.skipIf(!hasChromium())('the editor in Chromium', { timeout: PATIENCE }, () => {
  let browser: Browser;
  let running: LiveServer;
  let page: Page;
  const foreign: string[] = [];
  const blocked: string[] = [];

  beforeAll(async () => {
    running = await startLive(await copyProject());
    const token = await new FileRoster(join(running.root, '.data')).add('An', '2026-11-24');
    browser = await launch();
    page = await (await browser.newContext({ viewport: DESKTOP, locale: 'nl-BE' })).newPage();
    // The CMS is five megabytes of script, which a busy machine compiles slowly.
    page.setDefaultTimeout(PATIENCE);
    page.on('request', (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(running.url))
        foreign.push(request.url());
    });
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) blocked.push(message.text());
    });
    await page.goto(`${running.url}/admin`);
    await page.getByRole('textbox').fill(token);
    await page.getByRole('textbox').press('Enter');
    await page.getByText('Inhoudstypen').waitFor();
  }, PATIENCE);
  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  const textOf = (path: string) => readFile(join(running.root, path), 'utf8');
  async function open(kind: string, entry: string) {
    await page.goto(`${running.url}/admin#/collections/${kind}`);
    await page.getByText(`(${entry})`).click();
    await page.locator('[id^="id-field"]').waitFor();
  }
  async function publish() {
    await page.getByText('Publiceer', { exact: true }).click();
    await page.getByText('Publiceer nu').click();
  }

  test('an answer shows its three languages side by side', async () => {
    await open('answers', 'grooming.help');
    const boxes = await Promise.all(
      ['nl', 'fr', 'en'].map((locale) => page.locator(`[id^="${locale}-field"]`).first().boundingBox()),
    );
    const [nl, fr, en] = boxes.map((box) => box ?? { x: 0, y: 0, width: 0, height: 0 });
    expect([fr?.y, en?.y]).toEqual([nl?.y, nl?.y]);
    expect(fr?.x).toBeGreaterThanOrEqual((nl?.x ?? 0) + (nl?.width ?? 0));
    expect(en?.x).toBeGreaterThanOrEqual((fr?.x ?? 0) + (fr?.width ?? 0));
    expect((en?.x ?? 0) + (en?.width ?? 0)).toBeLessThanOrEqual(DESKTOP.width);
    await page.screenshot({ path: `${ROOT}/test-output/editor-answer.png` });
  });

  test('a changed figure is saved into its file, which keeps its comments, and the bot says it', async () => {
    const before = await textOf(FILE);
    const chat = await openChat(running.url, 'nl');
    const { hash } = running.live.status();
    expect((await chat.ask('hoeveel dossiers grooming in 2018')).text).toContain('**36**');
    await open('figures', 'grooming-files');
    await page.getByText('2018 · 36').locator('xpath=..').locator('button').first().click();
    await page.locator('[id^="value-field"]:visible').fill('37');
    await publish();
    await until(running.live, (status) => status.hash !== hash);
    expect(await textOf(FILE)).toBe(before.replace('year: 2018, value: 36', 'year: 2018, value: 37'));
    expect((await chat.ask('hoeveel dossiers grooming in 2018')).text).toContain('**37**');
    await page.screenshot({ path: `${ROOT}/test-output/editor-figure.png` });
  });

  test('what somebody else changed meanwhile is not overwritten, and the page says so', async () => {
    await open('figures', 'sexting-files');
    const file = 'knowledge/figures/sexting-files.yaml';
    await writeFile(join(running.root, file), (await textOf(file)).replace('value: 114', 'value: 115'));
    await page.locator('[id^="nl-field"]').first().fill('iets anders');
    await publish();
    await page.getByText('Iemand anders heeft dit veranderd').waitFor();
    expect(await textOf(file)).not.toContain('iets anders');
    await page.screenshot({ path: `${ROOT}/test-output/editor-conflict.png` });
  });

  test('nothing was asked of another host, and the policy of the page stood in the way of nothing', () => {
    expect(foreign).toEqual([]);
    expect(blocked).toEqual([]);
  });
});
