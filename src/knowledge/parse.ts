import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { TextFile } from './files.ts';
import type { Problem } from './types.ts';

/** YAML data that knows where each of its fields stands. */
export interface Located<T> {
  readonly data: T;
  readonly file: string;
  /** Line and column (from 1) of a field; of the nearest field above it that exists otherwise. */
  readonly locate: (path: readonly (string | number)[]) => { line: number; column: number };
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: Located<T> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** `['phrasings', 2]` → `phrasings[2]`. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** Plain words for the faults that editors of YAML make most. */
function mendFor(message: string): string {
  if (/tab/i.test(message)) return 'Replace the tab by spaces.';
  if (/alias|anchor/i.test(message))
    return 'Write the text out; & and * have a meaning of their own in these files.';
  if (/key.*unique|duplicate/i.test(message)) return 'Keep one of the two lines with this name.';
  return 'Look at the line above and below: a missing quote ("), a missing space after ":", or a wrong indent.';
}

/**
 * Reads YAML and checks it against a schema.
 *
 * @param firstLine line of the file on which `text` begins (front matter begins on line 2)
 */
export function parseYaml<S extends z.ZodType>(
  { path, text }: TextFile,
  schema: S,
  firstLine = 1,
): Parsed<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: line + firstLine - 1, column: col };
  };
  const problems: Problem[] = document.errors.map((error) => ({
    severity: 'error',
    file: path,
    ...place(error.pos[0]),
    message: `This line cannot be read: ${error.message}`,
    mend: mendFor(error.message),
  }));
  visit(document, (_, node) => {
    const anchored = (isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined;
    if (!isAlias(node) && !anchored) return;
    problems.push({
      severity: 'error',
      file: path,
      ...place(node.range?.[0] ?? 0),
      message: 'A text here begins with & or *, which these files do not use.',
      mend: 'Write the text out, or put it between quotes: "*…".',
    });
  });
  if (problems.length > 0) return { ok: false, problems };

  const locate = (wanted: readonly PropertyKey[]) => {
    for (let length = wanted.length; length > 0; length--) {
      const node: unknown = document.getIn(wanted.slice(0, length), true);
      if ((isScalar(node) || isMap(node) || isSeq(node)) && node.range) return place(node.range[0]);
    }
    return { line: firstLine, column: 1 };
  };
  const checked = schema.safeParse(document.toJS({ maxAliasCount: 0 }) ?? {});
  if (checked.success) return { ok: true, value: { data: checked.data, file: path, locate } };
  return {
    ok: false,
    problems: checked.error.issues.map((issue) => ({
      severity: 'error',
      file: path,
      ...locate(issue.path),
      field: fieldName(issue.path),
      message: issue.message,
      mend: mendForIssue(issue),
    })),
  };
}

function mendForIssue(issue: z.core.$ZodIssue): string {
  const field = fieldName(issue.path) || 'file';
  switch (issue.code) {
    case 'invalid_type':
      return `Write a ${issue.expected === 'array' ? 'list' : issue.expected} for "${field}".`;
    case 'unrecognized_keys':
      return `Remove ${issue.keys.map((key) => `"${key}"`).join(', ')}, or correct the spelling of the name.`;
    case 'invalid_value':
      return `Use one of: ${issue.values.join(', ')}.`;
    case 'too_small':
      return `"${field}" needs at least ${issue.minimum}.`;
    case 'too_big':
      return `"${field}" may have at most ${issue.maximum}.`;
    default:
      return `Correct "${field}".`;
  }
}
