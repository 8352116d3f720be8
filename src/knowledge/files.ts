import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Problem } from './types.ts';

/** A text file as read, line ends made `\n`, byte order mark removed. */
export interface TextFile {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A knowledge file is a page of text; anything larger was put there by mistake. */
const MAX_BYTES = 1_000_000;
const CONFLICT = /^(<{7}|={7}|>{7})( |$)/m;

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

function problem(path: string, line: number, message: string, mend: string): Problem {
  return { severity: 'error', file: path, line, column: 1, message, mend };
}

/**
 * Reads every file under `folder` whose name ends in one of `endings`.
 *
 * Files that are too large, not UTF-8, links that lead out of the folder, or that hold the marks of an unsolved
 * merge are not read: each is named in `problems`.
 */
export async function readFolder(
  root: string,
  folder: string,
  endings: readonly string[],
): Promise<{ files: TextFile[]; problems: Problem[] }> {
  const files: TextFile[] = [];
  const problems: Problem[] = [];
  const top = await realpath(join(root, folder)).catch(() => undefined);
  if (top === undefined) return { files, problems };
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of paths) {
    const shown = relative(root, path).split(sep).join('/');
    const result = await readOne(path, shown, top);
    if ('text' in result) files.push(result);
    else problems.push(result);
  }
  return { files, problems };
}

async function readOne(path: string, shown: string, top: string): Promise<TextFile | Problem> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined || !real.startsWith(top + sep)) {
    return problem(
      shown,
      1,
      'This is a link to a place outside the folder.',
      'Put the file itself here instead of a link.',
    );
  }
  const { size } = await lstat(real);
  if (size > MAX_BYTES) {
    return problem(
      shown,
      1,
      `This file is ${Math.round(size / 1000)} kB; the limit is ${MAX_BYTES / 1000} kB.`,
      'Remove what does not belong in it, or split it.',
    );
  }
  const bytes = await readFile(real);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return problem(
      shown,
      firstBadLine(bytes),
      'This file is not saved as UTF-8, so letters such as é cannot be read.',
      'Open it in your editor and save it with the encoding UTF-8.',
    );
  }
  text = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  const conflict = CONFLICT.exec(text);
  if (conflict) {
    return problem(
      shown,
      lineOf(text, conflict.index),
      `Two versions of this file were not brought together: it still holds "${conflict[1]}".`,
      'Keep the version that is right, and delete the other one and the lines with <<<<<<<, ======= and >>>>>>>.',
    );
  }
  return { path: shown, text };
}

/** Line of the first byte that is no UTF-8. */
function firstBadLine(bytes: Buffer): number {
  const readable = new TextDecoder('utf-8').decode(bytes);
  return lineOf(readable, Math.max(0, readable.indexOf('�')));
}
