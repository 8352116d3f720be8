import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { type LoadResult, loadKnowledge } from '../knowledge/index.ts';
import type { Change, Files } from './entries.ts';

/** What the bot reads; a trial needs all of it. */
const READ_BY_THE_BOT = ['knowledge', 'locales', 'dialogs'];
const EDITED = 'knowledge';
/** A larger file was put there by mistake; the knowledge check says so. */
const MAX_BYTES = 1_000_000;

/** The folder of the project as the editor sees it: text files under `knowledge/`, and nothing else. */
export interface Folder {
  read(): Promise<Files>;
  /** What the check says of the files as they would be after some changes. Nothing is changed. */
  trial(changes: readonly Change[]): Promise<LoadResult>;
  /** Writes each file whole or not at all. @throws {Error} for a path outside of the folder */
  write(changes: readonly Change[]): Promise<void>;
}

/** @param root the project's root */
export function openFolder(root: string): Folder {
  async function read(): Promise<Files> {
    const entries = await readdir(join(root, EDITED), { recursive: true, withFileTypes: true });
    const files = new Map<string, string>();
    // Links are left alone: what they lead to may lie anywhere.
    for (const entry of entries.filter((one) => one.isFile() && /\.(md|yaml)$/.test(one.name))) {
      const path = join(entry.parentPath, entry.name);
      if ((await stat(path)).size > MAX_BYTES) continue;
      const text = await readFile(path, 'utf8');
      files.set(relative(root, path).split(sep).join('/'), text.replaceAll('\r\n', '\n'));
    }
    return files;
  }

  async function trial(changes: readonly Change[]): Promise<LoadResult> {
    const copy = await mkdtemp(join(tmpdir(), 'knowledge-trial-'));
    try {
      for (const folder of READ_BY_THE_BOT) {
        await cp(join(root, folder), join(copy, folder), { recursive: true, verbatimSymlinks: true }).catch(
          ignoreMissing,
        );
      }
      await openFolder(copy).write(changes);
      return await loadKnowledge(copy);
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  }

  async function write(changes: readonly Change[]): Promise<void> {
    const top = await realpath(join(root, EDITED));
    const drafts: { readonly draft: string; readonly path: string }[] = [];
    try {
      for (const { path, text } of changes) {
        const full = join(root, path);
        await mkdir(dirname(full), { recursive: true });
        const place = await realpath(dirname(full));
        if (place !== top && !place.startsWith(top + sep)) {
          throw new Error(`${path} lies outside of the folder ${EDITED}.`);
        }
        if (text === undefined) continue;
        const old = await readFile(full, 'utf8').catch(() => '');
        const draft = `${full}.${process.pid}.draft`;
        drafts.push({ draft, path: full });
        await writeFile(draft, old.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text, { flush: true });
      }
      for (const { draft, path } of drafts) await rename(draft, path);
    } catch (error) {
      await Promise.all(drafts.map(({ draft }) => rm(draft, { force: true })));
      throw error;
    }
    for (const { path, text } of changes) if (text === undefined) await rm(join(root, path), { force: true });
  }

  return { read, trial, write };
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
