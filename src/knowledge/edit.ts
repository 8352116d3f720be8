import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar, stringify, type YAMLSeq } from 'yaml';
import type { Answer } from './types.ts';

/** Why an edit was not made. */
export type Refusal =
  /** The file has no readable front matter; `npm run knowledge check` names its fault. */
  | 'unreadable'
  /** The phrasing is empty, or longer than one line. */
  | 'not-a-phrasing'
  /** The answer already has this phrasing. */
  | 'known';

export type Edit =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: Refusal };

const FRONT_MATTER = /^(\uFEFF?---\r?\n)([\s\S]*?)(\r?\n---(?:\r?\n|$))/;

/** What two phrasings must differ in: more than capitals and signs. */
export function sameness(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function asScalar(text: string, inFlow: boolean): string {
  const options = { lineWidth: 0 };
  return inFlow
    ? stringify([text], { ...options, collectionStyle: 'flow', flowCollectionPadding: false })
        .trim()
        .slice(1, -1)
    : stringify(text, options).trim();
}

interface FrontMatter {
  readonly head: string;
  readonly yaml: string;
  readonly rest: string;
  readonly newline: string;
  readonly pairs: readonly Pair[];
}

function open(file: string): FrontMatter | undefined {
  const match = FRONT_MATTER.exec(file);
  if (!match) return undefined;
  const [whole, head = '', yaml = ''] = match;
  const document = parseDocument(yaml);
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  return {
    head,
    yaml,
    rest: file.slice(head.length + yaml.length),
    newline: whole.includes('\r\n') ? '\r\n' : '\n',
    pairs: document.contents.items,
  };
}

function pairNamed(pairs: readonly Pair[], name: string): Pair | undefined {
  return pairs.find(({ key }) => isScalar(key) && key.value === name);
}

/** The end of a node's own text, without the comment or the blank lines after it. */
function endOf(node: { range?: readonly [number, number, number] | null | undefined }): number {
  return node.range?.[1] ?? 0;
}

/** The list with one entry more, in the style in which it is written. */
function insert(front: FrontMatter, list: YAMLSeq, entry: string): string {
  const { yaml, newline } = front;
  if (list.flow) {
    const close = endOf(list) - 1;
    const comma = list.items.length > 0 ? ', ' : '';
    return `${yaml.slice(0, close).trimEnd()}${comma}${asScalar(entry, true)}${yaml.slice(close)}`;
  }
  const last = list.items.at(-1) as Scalar;
  const start = last.range?.[0] ?? 0;
  const indent = yaml.slice(yaml.lastIndexOf('\n', start) + 1, start);
  const lineEnd = yaml.indexOf('\n', endOf(last));
  const at = lineEnd === -1 ? yaml.length : lineEnd - (newline.length - 1);
  return `${yaml.slice(0, at)}${newline}${indent}${asScalar(entry, false)}${yaml.slice(at)}`;
}

/**
 * Adds a phrasing at the end of an answer's `phrasings`. Every other character of the file stays as it is: comments,
 * quotes, line ends, the text below.
 *
 * @param file the whole text of a file of `knowledge/answers/`
 */
export function addPhrasing(file: string, phrasing: string): Edit {
  const entry = phrasing.trim();
  if (sameness(entry) === '' || /[\r\n\0]/.test(entry)) return { ok: false, reason: 'not-a-phrasing' };
  const front = open(file);
  if (!front) return { ok: false, reason: 'unreadable' };
  const { head, yaml, rest, newline } = front;
  const pair = pairNamed(front.pairs, 'phrasings');
  if (!pair) {
    return {
      ok: true,
      text: `${head}${yaml}${newline}phrasings:${newline}  - ${asScalar(entry, false)}${rest}`,
    };
  }
  const list = pair.value;
  if (!isSeq(list) || !list.items.every(isScalar)) return { ok: false, reason: 'unreadable' };
  const known = list.items.some((item) => isScalar(item) && sameness(String(item.value)) === sameness(entry));
  if (known) return { ok: false, reason: 'known' };
  return { ok: true, text: `${head}${insert(front, list, entry)}${rest}` };
}

/**
 * Sets the date of the last review; every other character stays as it is.
 *
 * @param date `YYYY-MM-DD`
 */
export function setReviewed(file: string, date: string): Edit {
  const front = open(file);
  const value = front && pairNamed(front.pairs, 'reviewed')?.value;
  if (!front || !isScalar(value) || !value.range) return { ok: false, reason: 'unreadable' };
  const [from, to] = value.range;
  return {
    ok: true,
    text: `${front.head}${front.yaml.slice(0, from)}${date}${front.yaml.slice(to)}${front.rest}`,
  };
}

/**
 * Edits the file of an answer. The new text replaces the old one at once: nobody reads half a file, and a crash leaves
 * the old one.
 *
 * @param root the folder that holds `knowledge/`
 * @throws when the file cannot be read or written
 */
export async function editAnswer(
  root: string,
  { file }: Pick<Answer, 'file'>,
  change: (text: string) => Edit,
): Promise<Edit> {
  const path = join(root, file);
  const edit = change(await readFile(path, 'utf8'));
  if (!edit.ok) return edit;
  const draft = `${path}.${process.pid}-${Date.now()}`;
  await writeFile(draft, edit.text);
  await rename(draft, path);
  return edit;
}
