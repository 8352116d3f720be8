import { type FSWatcher, watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Editors save in several steps; what follows within this time belongs together. Milliseconds. */
const SETTLE = 80;
/** Longest wait while changes keep coming, in milliseconds. */
const AT_MOST = 400;
/** Network drives tell nobody of changes, so the files are also looked at from time to time. Milliseconds. */
const LOOK_EVERY = 3000;

export interface Watch {
  close(): void;
}

interface Listing {
  readonly folders: readonly string[];
  /** Names, sizes and times of all files, to see that something changed. */
  readonly signature: string;
}

async function list(roots: readonly string[]): Promise<Listing> {
  const folders: string[] = [];
  const files: string[] = [];
  for (const root of roots) {
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => undefined);
    if (!entries) continue;
    folders.push(root);
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else files.push(path);
    }
  }
  const states = await Promise.all(
    files.map(async (file) => {
      const state = await stat(file).catch(() => undefined);
      return `${file} ${state?.size} ${state?.mtimeMs} ${state?.ino}`;
    }),
  );
  return { folders, signature: states.sort().join('\n') };
}

/**
 * Calls `onChange` soon after anything under the folders changed, was added, renamed or removed.
 *
 * Each folder is watched by itself: a file that is replaced by another of its name (as most editors save) stays watched.
 */
export async function watchFolders(folders: readonly string[], onChange: () => void): Promise<Watch> {
  const watchers = new Map<string, FSWatcher>();
  let seen = '';
  let timer: NodeJS.Timeout | undefined;
  let waitingSince: number | undefined;
  let closed = false;

  function follow(listing: Listing): void {
    seen = listing.signature;
    for (const [folder, watcher] of watchers) {
      if (listing.folders.includes(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of listing.folders) {
      if (watchers.has(folder) || closed) continue;
      try {
        const watcher = watch(folder, { persistent: false }, noticed);
        watcher.on('error', () => watcher.close());
        watchers.set(folder, watcher);
      } catch {
        // No watching here (a limit of the system, a special drive): the look from time to time sees it.
      }
    }
  }

  function noticed(): void {
    if (closed) return;
    const now = performance.now();
    waitingSince ??= now;
    clearTimeout(timer);
    timer = setTimeout(tell, Math.max(0, Math.min(SETTLE, waitingSince + AT_MOST - now)));
    timer.unref();
  }

  async function tell(): Promise<void> {
    waitingSince = undefined;
    onChange();
    follow(await list(folders));
  }

  async function look(): Promise<void> {
    const listing = await list(folders);
    if (listing.signature !== seen && waitingSince === undefined) noticed();
  }

  follow(await list(folders));
  const looking = setInterval(() => void look(), LOOK_EVERY);
  looking.unref();
  return {
    close() {
      closed = true;
      clearInterval(looking);
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}
