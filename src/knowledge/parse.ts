import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import type { TextFile } from './files.ts';
import { type ProblemCode, problem } from './problem.ts';
import { problemOfIssue } from './schemaProblems.ts';
import type { Problem } from './types.ts';

export type Path = readonly PropertyKey[];

/** YAML data that knows where each of its fields stands. */
export interface Located<T> {
  readonly data: T;
  readonly file: string;
  /** Line and column (from 1) of a field; of the nearest field above it that exists otherwise. */
  readonly locate: (path: Path) => { line: number; column: number };
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: Located<T> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Names that mean something to the machine; as the name of a contact or topic they would do harm. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
/** Nodes within nodes; our deepest file has 12. */
const MAX_DEPTH = 40;

/** `['phrasings', 2]` → `phrasings[2]`. */
export function fieldName(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** The faults that people make most in YAML, by the code of the parser. */
function codeOf({ code, message }: YAMLError): ProblemCode {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'yaml-tab';
    case 'DUPLICATE_KEY':
      return 'yaml-twice';
    case 'BAD_ALIAS':
    case 'MULTIPLE_ANCHORS':
      return 'yaml-anchor';
    case 'BAD_INDENT':
      return 'yaml-indent';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'yaml-colon';
    case 'MISSING_CHAR':
      return /quote|\]|\}|flow/i.test(message) ? 'yaml-quote' : 'yaml-other';
    default:
      return 'yaml-other';
  }
}

/**
 * Reads YAML and checks it against a schema.
 *
 * @param firstLine line of the file on which `text` begins (front matter begins on line 2)
 */
export function parseYaml<S extends z.ZodType>(
  file: TextFile,
  schema: S,
  firstLine = 1,
): Parsed<z.output<S>> {
  try {
    return parse(file, schema, firstLine);
  } catch (error) {
    // The parser calls itself for every block within a block.
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, problems: [problem('error', 'too-deep', { file: file.path, line: firstLine })] };
  }
}

/** Where the fields of a document stand in its file. */
interface Locator {
  readonly at: (offset: number) => { file: string; line: number; column: number; text: string };
  readonly nodeAt: (path: Path) => unknown;
  readonly locate: Located<unknown>['locate'];
}

function readDocument(text: string) {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true });
  return { document, counter };
}

function createLocator(
  { path: file, text }: TextFile,
  { document, counter }: ReturnType<typeof readDocument>,
  firstLine: number,
): Locator {
  const lines = text.split('\n');
  const place = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { line: line + firstLine - 1, column: col };
  };
  const textAt = (offset: number) => (lines[counter.linePos(offset).line - 1] ?? '').trim();
  const nodeAt = (path: Path): unknown => document.getIn(path, true);
  const keyAt = (path: Path): unknown => {
    const parent = path.length > 1 ? nodeAt(path.slice(0, -1)) : document.contents;
    if (!isMap(parent)) return undefined;
    return parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))?.key;
  };
  return {
    at: (offset) => ({ file, ...place(offset), text: textAt(offset) }),
    nodeAt,
    locate(wanted) {
      for (let length = wanted.length; length > 0; length--) {
        const path = wanted.slice(0, length);
        // A list or block begins a line below its name, and it is the name that people look for.
        const node = isScalar(nodeAt(path)) ? nodeAt(path) : (keyAt(path) ?? nodeAt(path));
        if ((isScalar(node) || isMap(node) || isSeq(node)) && node.range) return place(node.range[0]);
      }
      return { line: firstLine, column: 1 };
    },
  };
}

/** Reads the file once more when a place is first asked for: a document takes many times the memory of its text. */
function locateLater(file: TextFile, firstLine: number): Located<unknown>['locate'] {
  let locator: Locator | undefined;
  return (path) => {
    locator ??= createLocator(file, readDocument(file.text), firstLine);
    return locator.locate(path);
  };
}

function parse<S extends z.ZodType>(file: TextFile, schema: S, firstLine: number): Parsed<z.output<S>> {
  const read = readDocument(file.text);
  const { document } = read;
  const { at, nodeAt, locate } = createLocator(file, read, firstLine);
  const problems = [
    ...[...document.errors, ...document.warnings].map((error) =>
      problem('error', codeOf(error), at(error.pos[0])),
    ),
    ...forbiddenParts(document).map(({ code, offset, name }) => problem('error', code, at(offset), { name })),
  ];
  if (problems.length > 0) return { ok: false, problems };

  const checked = schema.safeParse(document.toJS({ maxAliasCount: 0 }) ?? {});
  if (checked.success) {
    return { ok: true, value: { data: checked.data, file: file.path, locate: locateLater(file, firstLine) } };
  }
  return {
    ok: false,
    problems: checked.error.issues.map((issue) => {
      const node = nodeAt(issue.path);
      const present = node !== undefined && node !== null;
      const shown = isScalar(node) ? String(node.source ?? node.value ?? '') : '';
      const { code, field, values } = problemOfIssue(issue, fieldName(issue.path), present);
      return problem('error', code, { file: file.path, ...locate(issue.path), field, text: shown }, values);
    }),
  };
}

/** Anchors and aliases, which unfold without end; forbidden names; blocks too deep. */
function forbiddenParts(document: Document): { code: ProblemCode; offset: number; name: string }[] {
  const found: { code: ProblemCode; offset: number; name: string }[] = [];
  visit(document, (_, node, path) => {
    if (path.length > MAX_DEPTH) {
      found.push({ code: 'too-deep', offset: 0, name: '' });
      return visit.BREAK;
    }
    if (isPair(node)) {
      const { key } = node;
      if (isScalar(key) && FORBIDDEN.has(String(key.value))) {
        found.push({ code: 'forbidden-name', offset: key.range?.[0] ?? 0, name: String(key.value) });
      }
      return undefined;
    }
    const anchored = (isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined;
    if (isAlias(node) || anchored) {
      found.push({ code: 'yaml-anchor', offset: node.range?.[0] ?? 0, name: '' });
    }
    return undefined;
  });
  return found;
}

export function isForbiddenName(name: string): boolean {
  return FORBIDDEN.has(name);
}
