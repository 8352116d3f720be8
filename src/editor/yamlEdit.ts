import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { type Data, isRecord, same } from './data.ts';

/** One replacement in a text; ranges never overlap. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Brings YAML to hold `wanted`, changing only the lines whose value differs: comments, order, quotes and blank lines of
 * everything else stay as they are. Data that are already there give the very same text.
 *
 * @param at where in the document `wanted` belongs; empty for the whole of it
 * @param wanted undefined removes the entry
 */
export function editYaml(text: string, at: readonly string[], wanted: Data | undefined): string {
  const document = parseDocument(text);
  const edits = editsAt(document, text, at, wanted).sort((a, b) => b.from - a.from);
  return edits.reduce(
    (edited, { from, to, text: put }) => edited.slice(0, from) + put + edited.slice(to),
    text,
  );
}

/** The value at a place of a YAML text, without the defaults of any schema. */
export function readYaml(text: string, at: readonly string[] = []): Data | undefined {
  const document = parseDocument(text);
  const node: unknown = at.length === 0 ? document.contents : document.getIn(at, true);
  if (!isScalar(node) && !isCollection(node)) return undefined;
  return node.toJS(document, { maxAliasCount: 0 }) as Data;
}

function editsAt(document: Document, text: string, at: readonly string[], wanted: Data | undefined): Edit[] {
  const parentPath = at.slice(0, -1);
  const parent: unknown = at.length <= 1 ? document.contents : document.getIn(parentPath, true);
  const key = at.at(-1);
  if (key === undefined || !isMap(parent)) {
    return isMap(document.contents) && isRecord(wanted) ? editMap(document.contents, wanted, text) : [];
  }
  const before = parent.toJSON() as Record<string, Data>;
  const { [key]: _, ...others } = before;
  // An entry keeps its place; a new one comes last.
  const after = wanted === undefined ? others : { ...before, [key]: wanted };
  return editMap(parent, after, text);
}

function editNode(node: unknown, wanted: Data, text: string): Edit[] {
  if (isMap(node) && isRecord(wanted)) return editMap(node, wanted, text);
  if (isSeq(node) && Array.isArray(wanted)) return editSeq(node, wanted, text);
  if (isScalar(node) && same(node.value as Data, wanted)) return [];
  const [from, to] = rangeOf(node);
  return [{ from, to, text: inFlow(wanted) }];
}

function editMap(map: YAMLMap, wanted: Record<string, Data>, text: string): Edit[] {
  const pairs = new Map(map.items.map((pair) => [keyOf(pair), pair]));
  const edits: Edit[] = [];
  for (const [key, pair] of pairs) {
    const value = wanted[key];
    if (value === undefined) continue;
    edits.push(...editNode(pair.value, value, text));
  }
  const gone = [...pairs.keys()].filter((key) => wanted[key] === undefined);
  const added = Object.entries(wanted).filter(([key]) => !pairs.has(key));
  if (gone.length === 0 && added.length === 0) return edits;
  // A map on one line is short: it is written anew. In a map over several lines each entry has lines of its own.
  if (map.flow) {
    const [from, to] = rangeOf(map);
    const kept = [...pairs.keys()].filter((key) => wanted[key] !== undefined);
    const ordered = [...kept, ...added.map(([key]) => key)].map((key) => [key, wanted[key] as Data] as const);
    return [{ from, to, text: inFlow(Object.fromEntries(ordered)) }];
  }
  for (const key of gone) edits.push(removeLines(pairs.get(key), text));
  if (added.length === 0) return edits;
  const indent = ' '.repeat(columnOf(rangeOf((map.items[0] as Pair).key)[0], text));
  const last = map.items.at(-1) as Pair;
  const end = lineEnd(rangeOf(last.value ?? last.key)[1], text);
  const lines = added.map(([key, value]) => inBlock(key, value, indent)).join('');
  return [...edits, { from: end, to: end, text: end > 0 && text[end - 1] !== '\n' ? `\n${lines}` : lines }];
}

function editSeq(seq: YAMLSeq, wanted: readonly Data[], text: string): Edit[] {
  const present = seq.items.map((item) =>
    isCollection(item) || isScalar(item) ? (item.toJSON() as Data) : null,
  );
  if (same(present, [...wanted])) return [];
  const [from, to] = rangeOf(seq);
  if (seq.flow || seq.items.length === 0 || wanted.length === 0)
    return [{ from, to, text: inFlow([...wanted]) }];
  const marks = seq.items.map((item) => text.lastIndexOf('-', rangeOf(item)[0] - 1));
  const indent = ' '.repeat(columnOf(marks[0] as number, text));
  const steps = align(present, wanted);
  const edits: Edit[] = [];
  let place = lineStart(marks[0] as number, text);
  for (const { old, value } of steps) {
    const item = old === undefined ? undefined : seq.items[old];
    if (item !== undefined && value !== undefined) edits.push(...editNode(item, value, text));
    else if (item !== undefined) {
      const start = lineStart(marks[old as number] as number, text);
      edits.push({ from: start, to: lineEnd(rangeOf(item)[1], text), text: '' });
    } else edits.push({ from: place, to: place, text: `${indent}- ${inFlow(value as Data)}\n` });
    if (item !== undefined) place = lineEnd(rangeOf(item)[1], text);
  }
  return mergeInserts(edits);
}

/** Inserts at the same place become one, in their order. */
function mergeInserts(edits: readonly Edit[]): Edit[] {
  const merged: Edit[] = [];
  for (const edit of edits) {
    const last = merged.at(-1);
    if (last && last.from === last.to && edit.from === edit.to && last.from === edit.from) {
      merged.splice(-1, 1, { ...last, text: last.text + edit.text });
    } else merged.push(edit);
  }
  return merged;
}

interface Step {
  readonly old: number | undefined;
  readonly value: Data | undefined;
}

/**
 * Pairs the items of two lists: the longest run of equal ones keeps its lines; between them, old and new are paired as
 * far as both go (a changed item), the rest is removed or added.
 */
function align(before: readonly Data[], after: readonly Data[]): Step[] {
  const lengths = before.map(() => after.map(() => 0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const row = lengths[i] as number[];
      row[j] = same(before[i], after[j]) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  let [oldRun, newRun]: [number[], Data[]] = [[], []];
  const flush = () => {
    for (let k = 0; k < Math.max(oldRun.length, newRun.length); k++) {
      steps.push({ old: oldRun[k], value: newRun[k] });
    }
    [oldRun, newRun] = [[], []];
  };
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && same(before[i], after[j])) {
      flush();
      steps.push({ old: i++, value: after[j++] });
    } else if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1))) oldRun.push(i++);
    else newRun.push(after[j++] as Data);
  }
  flush();
  return steps;
}

function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}

/** Start and end of a node's own text. @throws {Error} for a node that was not read from a text */
function rangeOf(node: unknown): readonly [number, number] {
  if ((isScalar(node) || isCollection(node)) && node.range) return [node.range[0], node.range[1]];
  throw new Error('This YAML holds a node without a place in the file.');
}

function lineStart(offset: number, text: string): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the next line begins, seen from the end of a value; a comment behind the value belongs to it. */
function lineEnd(offset: number, text: string): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

function columnOf(offset: number, text: string): number {
  return offset - lineStart(offset, text);
}

function removeLines(pair: Pair | undefined, text: string): Edit {
  const key = rangeOf(pair?.key);
  const end = isScalar(pair?.value) || isCollection(pair?.value) ? rangeOf(pair?.value)[1] : key[1];
  return { from: lineStart(key[0], text), to: lineEnd(end, text), text: '' };
}

/** A value on one line, as these files write it: `{ year: 2018, source: article-2019 }`, `[a, b]`. */
export function inFlow(value: Data): string {
  if (Array.isArray(value)) return `[${value.map(inFlow).join(', ')}]`;
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([key, inner]) => `${inFlow(key)}: ${inFlow(inner)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  if (typeof value !== 'string') return String(value);
  const plain = stringify(value, { lineWidth: 0 }).trimEnd();
  return /[\n,[\]{}]/.test(plain) || plain.startsWith('|') || plain.startsWith('>')
    ? JSON.stringify(value)
    : plain;
}

/** Longest line for a map that is written on one line. */
const LINE = 110;

/** An entry of a map over several lines. Lists of texts with many words get a line for each item. */
export function inBlock(key: string, value: Data, indent: string): string {
  const line = `${indent}${inFlow(key)}: ${inFlow(value)}\n`;
  if (!isRecord(value) && !Array.isArray(value)) return line;
  const short = line.length <= LINE && (Array.isArray(value) ? !value.some(isRecord) : isFlat(value));
  if (short || Object.keys(value).length === 0) return line;
  const deeper = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => `${deeper}- ${inFlow(item)}\n`)
    : Object.entries(value).map(([inner, one]) => inBlock(inner, one, deeper));
  return `${indent}${inFlow(key)}:\n${lines.join('')}`;
}

function isFlat(value: Record<string, Data>): boolean {
  return Object.values(value).every((inner) => !isRecord(inner) && !Array.isArray(inner));
}
