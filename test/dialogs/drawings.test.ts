import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Brain } from '../../src/brain.ts';
import { drawPage } from '../../src/cli/dialogs/draw.ts';
import { routesOf } from '../../src/cli/dialogs/routes.ts';
import { openBrain, ROOT } from '../helpers.ts';

let brain: Brain;
beforeAll(async () => {
  brain = await openBrain();
});

test('the drawings in the docs are those of the dialogs as they are (npm run dialogs -- --write)', async () => {
  for (const dialog of Object.values(brain.knowledge.dialogs)) {
    const page = await readFile(join(ROOT, 'docs', 'dialogs', `${dialog.id}.md`), 'utf8').catch(() => '');
    expect(page === drawPage(dialog, brain.knowledge, brain.say), `docs/dialogs/${dialog.id}.md`).toBe(true);
  }
});

test('the table of paths comes by every end', () => {
  for (const dialog of Object.values(brain.knowledge.dialogs)) {
    const ends = Object.entries(dialog.steps).flatMap(([name, { kind }]) => (kind === 'end' ? [name] : []));
    const reached = new Set(routesOf(dialog).map(({ end }) => end));
    expect(
      ends.filter((name) => !reached.has(name)),
      dialog.id,
    ).toEqual([]);
  }
});
