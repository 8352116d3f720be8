import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { campaignLink, createSqliteInsights, qrPng, qrSvg } from '../../../src/insights/index.ts';
import { ROOT } from '../../helpers.ts';

/** What a telephone reads from a picture. */
function decode(png: Buffer): string | undefined {
  const { data, width, height } = PNG.sync.read(png);
  return jsqr.default(new Uint8ClampedArray(data), width, height)?.data;
}

test.each(['nl', 'fr', 'en'])('a telephone reads the link from the code (%s)', async (locale) => {
  const link = campaignLink('https://chat.example.org', 'poster-gent-2026', locale);
  expect(link).toBe(`https://chat.example.org/chat?c=poster-gent-2026&lang=${locale}`);
  expect(decode(await qrPng(link))).toBe(link);
});

test('the drawing for print is one shape on white, without anything to load', async () => {
  const svg = await qrSvg('https://chat.example.org/chat?c=x1&lang=nl');
  expect(svg).toMatch(/^<svg[^>]*viewBox/);
  expect(svg).not.toMatch(/href|script|url\(/);
});

test('the command writes link and codes, and has the campaign counted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'campaign-'));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['src/cli/campaign.ts', 'poster-gent-2026', '--lang', 'fr', '--out', folder],
    { cwd: ROOT, env: { ...process.env, DATA_DIR: folder, PUBLIC_URL: 'https://chat.example.org' } },
  );
  const link = 'https://chat.example.org/chat?c=poster-gent-2026&lang=fr';
  expect(stdout).toContain(link);
  expect(decode(await readFile(join(folder, 'poster-gent-2026.fr.png')))).toBe(link);
  expect(await readFile(join(folder, 'poster-gent-2026.fr.svg'), 'utf8')).toContain('<svg');
  const store = createSqliteInsights(join(folder, 'insights.sqlite'));
  expect((await store.campaigns()).map(({ name }) => name)).toEqual(['poster-gent-2026']);
  await store.close();
  // A process of its own, on a machine that runs other tests beside.
}, 120_000);
