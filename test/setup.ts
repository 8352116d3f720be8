import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { loadKnowledge } from '../src/knowledge/index.ts';
import { loadModel } from '../src/learning/index.ts';
import { makeSmallProject } from './smallProject.ts';

const ROOT = join(import.meta.dirname, '..');

/**
 * Once before all tests: the page is built and the model is learnt, so that every test file finds them ready.
 *
 * @returns what is done after all tests: whatever they left in temporary folders is removed
 */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'chatbot-tests-'));
  process.env.TMPDIR = folder;
  // Many tests start a program of ours: each is compiled once, not once for each start.
  process.env.NODE_COMPILE_CACHE = join(ROOT, '.cache', 'node');
  await build({ configFile: join(ROOT, 'vite.config.ts') });
  await build({ configFile: join(ROOT, 'vite.preview.config.ts') });
  const loaded = await loadKnowledge(ROOT);
  if (loaded.ok) await loadModel(loaded.knowledge, join(ROOT, '.cache'));
  await makeSmallProject(ROOT);
  const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(chromium)) {
    console.warn(
      `Skipped: tests in a browser, because ${chromium} is not installed (apt-get install chromium).`,
    );
  }
  return () => rm(folder, { recursive: true, force: true });
}
