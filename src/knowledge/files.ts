import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { problem } from './problem.ts';
import type { Problem } from './types.ts';

/** A text file as read, line ends made `\n`, byte order mark removed. */
export interface TextFile {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface ReadFiles {
  readonly files: readonly TextFile[];
  readonly problems: readonly Problem[];
}

/** A knowledge file is a page of text; anything larger was put there by mistake. */
const MAX_BYTES = 1_000_000;
const CONFLICT = /^(<{7}|={7}|>{7})( |$)/m;

export function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

function refused(file: string, ...[code, values, line]: Refusal): Problem {
  return problem('error', code, { file, ...(line !== undefined && { line }) }, values);
}
type Refusal = [code: Parameters<typeof problem>[1], values?: Parameters<typeof problem>[3], line?: number];

/**
 * Reads every file under `folder` whose name ends in one of `endings`. Hidden files are left out: editors keep their
 * locks and copies in them.
 *
 * Files that are too large, no UTF-8 text, links that lead out of the folder, or that hold the marks of an unsolved
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
    .filter((entry) => entry.isSymbolicLink() || endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/(^|[/\\])\./.test(relative(root, path)))
    .sort();
  const results = await Promise.all(
    paths.map((path) => readOne(path, relative(root, path).split(sep).join('/'), top)),
  );
  for (const result of results) {
    if ('severity' in result) problems.push(result);
    else files.push(result);
  }
  return { files, problems };
}

async function readOne(path: string, shown: string, top: string): Promise<TextFile | Problem> {
  try {
    const real = await realpath(path);
    if (!real.startsWith(top + sep)) return refused(shown, 'link-outside');
    const { size, ...kind } = await describe(real);
    if (!kind.isFile) return refused(shown, 'not-a-file');
    if (size > MAX_BYTES) {
      return refused(shown, 'too-large', { size: Math.round(size / 1000), limit: MAX_BYTES / 1000 });
    }
    return textOf(await readFile(real), shown);
  } catch (error) {
    return refused(shown, 'unreadable', { reason: (error as NodeJS.ErrnoException).code ?? 'error' });
  }
}

async function describe(path: string): Promise<{ readonly size: number; readonly isFile: boolean }> {
  const found = await stat(path);
  return { size: found.size, isFile: found.isFile() };
}

function textOf(bytes: Buffer, path: string): TextFile | Problem {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refused(path, 'not-utf8', {}, firstBadLine(bytes));
  }
  text = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  if (text.trim() === '') return refused(path, 'empty-file');
  const nul = text.indexOf('\0');
  if (nul >= 0) return refused(path, 'nul', {}, lineOf(text, nul));
  const conflict = CONFLICT.exec(text);
  if (!conflict) return { path, text };
  return refused(path, 'merge-marks', { mark: conflict[1] ?? '' }, lineOf(text, conflict.index));
}

/** Line of the first byte that is no UTF-8. */
function firstBadLine(bytes: Buffer): number {
  const readable = new TextDecoder('utf-8').decode(bytes);
  return lineOf(readable, Math.max(0, readable.indexOf('�')));
}
