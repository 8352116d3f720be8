import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createSqliteInsights } from '../../src/insights/index.ts';
import { FileRoster } from '../../src/staff/index.ts';
import { hasChromium, launch } from '../browser/helpers.ts';
import { ROOT, type RunningServer, startServer } from '../helpers.ts';
import { fillYear } from './madeUp.ts';

const DESKTOP = { width: 1200, height: 900 };
// Twelve long pages are drawn whole: slow where other tests share the machine.
vi.setConfig({ testTimeout: 120_000 });
const NOON = Date.parse('2026-11-24T11:30:00Z');

describe.skipIf(!hasChromium())('the insights in Chromium, without JavaScript', () => {
  let browser: Browser;
  let running: RunningServer;
  let page: Page;
  let copy: string;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'insights-'));
    // Accepted phrasings are written into files: into those of a copy.
    copy = join(folder, 'copy');
    await cp(join(ROOT, 'knowledge'), join(copy, 'knowledge'), { recursive: true });
    const token = await new FileRoster(folder).add('An', '2026-11-24');
    const store = createSqliteInsights(':memory:');
    await fillYear(store);
    running = await startServer({}, { dataFolder: folder, now: () => NOON, root: copy, insights: store });
    browser = await launch();
    const context = await browser.newContext({
      viewport: DESKTOP,
      locale: 'nl-BE',
      javaScriptEnabled: false,
    });
    page = await context.newPage();
    await page.goto(`${running.url}/insights`);
    await page.locator('#token').fill(token);
    await page.locator('button.primary').click();
  });
  afterAll(async () => {
    await browser.close();
    await running.server.close();
  });

  const shoot = (name: string) =>
    page.screenshot({ path: `${ROOT}/test-output/insights-${name}.png`, fullPage: true });

  test.each(['nl', 'fr', 'en'])('every page has all of its texts (%s)', async (locale) => {
    await page.goto(`${running.url}/staff`);
    await page.locator(`.languages button[value=${locale}]`).click();
    for (const path of ['/insights', '/insights/questions', '/insights/campaigns', '/insights/summary']) {
      await page.goto(running.url + path);
      expect(await page.locator('html').getAttribute('lang')).toBe(locale);
      // A key that has no text would be shown as it is.
      expect(await page.locator('body').innerText()).not.toMatch(
        /\b(?:insights|staff):|\w+\.\w+Understood|\{\{/,
      );
      await shoot(`${path.split('/')[2] ?? 'overview'}-${locale}`);
    }
  });

  test('the annual summary prints on A4', async () => {
    await page.goto(`${running.url}/insights/summary?year=2026`);
    await page.pdf({ path: `${ROOT}/test-output/insights-summary.pdf`, format: 'A4' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').first().isVisible()).toBe(false);
    await shoot('summary-print');
    await page.emulateMedia({ media: 'screen' });
  });

  test('one click adds a question to the file of an answer, and takes it off the list', async () => {
    await page.goto(`${running.url}/insights/questions`);
    const card = page.locator('.groups > li', { hasText: 'hoe lang duurt het' }).first();
    await card.locator('input[name=phrasing]').fill('hoe lang duurt het voor ik een antwoord krijg');
    await card.locator('select').selectOption('reporting.process');
    await card.locator('button.primary').click();
    expect(await page.locator('[role=status]').innerText()).toContain('knowledge/answers/reporting/process');
    const file = await readFile(join(copy, 'knowledge/answers/reporting/process.nl.md'), 'utf8');
    expect(file).toContain('  - hoe lang duurt het voor ik een antwoord krijg');
    expect(await page.locator('.groups > li', { hasText: 'hoe lang duurt het' }).count()).toBe(0);
  });

  test('a question with a gap is not added, and staff are told why', async () => {
    await page.goto(`${running.url}/insights/questions`);
    const card = page.locator('.groups > li', { hasText: 'real …' }).first();
    await card.locator('button.primary').click();
    expect(await page.locator('.problem').innerText()).toContain('…');
  });

  test('a campaign is made in the page, with links and codes per language', async () => {
    await page.goto(`${running.url}/insights/campaigns`);
    await page.locator('#name').fill('affiche-namur-2026');
    await page.locator('main button.primary').click();
    expect(await page.locator('main').innerText()).toContain('/chat?c=affiche-namur-2026&lang=fr');
    const code = await page.request.get(`${running.url}/insights/campaigns/affiche-namur-2026.fr.svg`);
    expect(code.headers()['content-type']).toBe('image/svg+xml');
  });

  test('axe finds nothing', async () => {
    // axe needs scripts: the same session in a context that has them.
    const context = await browser.newContext({ viewport: DESKTOP });
    await context.addCookies(await page.context().cookies());
    const scripted = await context.newPage();
    for (const path of ['/insights', '/insights/questions', '/insights/campaigns', '/insights/summary']) {
      await scripted.goto(running.url + path);
      const { violations } = await new AxeBuilder({ page: scripted }).analyze();
      expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
    await context.close();
  });
});
