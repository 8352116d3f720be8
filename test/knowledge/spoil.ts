import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import {
  buildKnowledge,
  type LoadResult,
  type Memo,
  type Problem,
  type ReadFiles,
  readKnowledge,
} from '../../src/knowledge/index.ts';
import { SMALL_PROJECT } from '../smallProject.ts';

const memo: Memo = new Map();
let shipped: Promise<ReadFiles> | undefined;

/** The files as they are shipped, but with few example messages: these tests read all of them again and again. */
export function shippedFiles(): Promise<ReadFiles> {
  shipped ??= readKnowledge(SMALL_PROJECT);
  return shipped;
}

/** The shipped files, with those of another folder in the place of the ones of the same name. */
export async function buildWith(root: string): Promise<LoadResult> {
  const base = await shippedFiles();
  const read = await readKnowledge(root);
  const replaced = new Set([...read.files.map(({ path }) => path), ...read.problems.map(({ file }) => file)]);
  return buildKnowledge(
    {
      files: [...base.files.filter(({ path }) => !replaced.has(path)), ...read.files],
      problems: read.problems,
    },
    memo,
  );
}

export async function emptyRoot(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'knowledge-'));
}

/** The shipped knowledge with one file that holds something else, read from the disk as it stands. */
export async function loadWith(path: string, content: string | Buffer): Promise<LoadResult> {
  const root = await emptyRoot();
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
  return buildWith(root);
}

export function problemsOf(result: LoadResult): readonly Problem[] {
  expect(result.ok).toBe(false);
  return result.ok ? [] : result.problems;
}

export const ANSWER = 'knowledge/answers/grooming/signs.nl.md';
export const VALID = `---
title: Hoe herken je dat?
phrasings: [hoe herken je zoiets toch]
quickReplies: []
contacts: []
sources: []
reviewed: 2026-11-24
state: draft
---
Een tekst.
`;
