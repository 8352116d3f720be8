import { mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { buildKnowledge, type Memo, type Problem, readKnowledge } from '../knowledge/index.ts';
import { applyChanges, type Change, type Files } from './entries.ts';

/** The project's folder as the editor sees it: the files that the bot reads, of which it writes those in `knowledge/`. */
export interface Folder {
  read(): Promise<Files>;
  /** Errors that some changes would bring and that are not there already. Nothing is changed. */
  trial(changes: readonly Change[]): Promise<readonly Problem[]>;
  /** Writes each file whole or not at all. @throws {Error} for a path outside of `knowledge/` */
  write(changes: readonly Change[]): Promise<void>;
}

const EDITED = 'knowledge';

/** @param root the project's root */
export function openFolder(root: string): Folder {
  const memo: Memo = new Map();

  async function read(): Promise<Files> {
    const { files } = await readKnowledge(root);
    return new Map(files.map(({ path, text }) => [path, text]));
  }

  async function trial(changes: readonly Change[]): Promise<readonly Problem[]> {
    const { files, problems } = await readKnowledge(root);
    const before = new Map(files.map(({ path, text }) => [path, text]));
    const errorsIn = (all: Files) => {
      const asFiles = [...all].map(([path, text]) => ({ path, text }));
      const built = buildKnowledge({ files: asFiles, problems }, memo);
      return built.ok ? [] : built.problems.filter(({ severity }) => severity === 'error');
    };
    const name = ({ file, field, message }: Problem) => JSON.stringify([file, field, message]);
    const present = new Set(errorsIn(before).map(name));
    return errorsIn(applyChanges(before, changes)).filter((one) => !present.has(name(one)));
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
