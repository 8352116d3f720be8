import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadKnowledge } from '../knowledge/index.ts';
import { type Check, reporter } from './types.ts';

const BUILD = 'npx vite build (npm start does it by itself)';

/** Latest change of a file in a folder, in milliseconds since 1970. */
async function latestChange(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const times = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs),
  );
  return Math.max(0, ...times);
}

export const checkPage: Check = async ({ root }) => {
  const { ok, warning, error } = reporter('page');
  const built = await stat(join(root, 'dist', 'web', 'index.html')).catch(() => undefined);
  if (!built) return [error('The page is not built: visitors would get nothing.', BUILD)];
  const sources = await latestChange(join(root, 'src', 'web')).catch(() => 0);
  return sources > built.mtimeMs
    ? [warning('The page is older than its sources.', BUILD)]
    : [ok('The page is built.')];
};

export const checkKnowledge: Check = async ({ root }) => {
  const { ok, error } = reporter('knowledge');
  const loaded = await loadKnowledge(root);
  if (loaded.ok) {
    const { answers, locales } = loaded.knowledge;
    return [ok(`${Object.keys(answers).length} answers in ${locales.join(', ')}.`)];
  }
  const errors = loaded.problems.filter(({ severity }) => severity === 'error');
  const files = [...new Set(errors.map(({ file }) => file))].slice(0, 3).join(', ');
  return [
    error(
      `The knowledge has ${errors.length} error(s): ${files}.`,
      'npm run knowledge check says how to mend them.',
    ),
  ];
};
