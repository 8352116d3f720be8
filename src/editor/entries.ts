import { createHash } from 'node:crypto';
import { type Data, isRecord, same, tidy } from './data.ts';
import { editYaml, inBlock, readYaml } from './yamlEdit.ts';

/** The forms of the editor. Each shows one entry at a time, wherever its data lie. */
export const KINDS = ['answers', 'figures', 'contacts', 'sources', 'topics', 'aspects'] as const;
export type Kind = (typeof KINDS)[number];

export interface EntryRef {
  readonly kind: Kind;
  readonly id: string;
}

/** Path from the project's root → text. */
export type Files = ReadonlyMap<string, string>;

/** A file to be written; without a text it is removed. */
export interface Change {
  readonly path: string;
  readonly text: string | undefined;
}

/** Names of entries become names of files and of keys, so nothing else is accepted. */
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)?$/;
/** Kinds that share a file, and where in it each entry stands. */
const SHARED: Partial<Record<Kind, { readonly file: string; readonly at: readonly string[] }>> = {
  contacts: { file: 'knowledge/contacts.yaml', at: [] },
  sources: { file: 'knowledge/sources.yaml', at: [] },
  topics: { file: 'knowledge/topics.yaml', at: ['topics'] },
  aspects: { file: 'knowledge/topics.yaml', at: ['aspects'] },
};
const FIGURES = /^knowledge\/figures\/(.+)\.yaml$/;
const ANSWER = /^knowledge\/answers\/(.+)\.([a-z]{2,3})\.md$/;
const FRONT_MATTER = /^(\uFEFF?---\n)([\s\S]*?)(\n---\n?)(\s*)([\s\S]*?)(\s*)$/;

export function isId(id: string, kind: Kind): boolean {
  return ID.test(id) && (kind === 'answers' || !id.includes('.'));
}

/** Every entry of a kind, by name. */
export function listEntries(kind: Kind, files: Files): readonly (readonly [string, Record<string, Data>])[] {
  const shared = SHARED[kind];
  if (shared) {
    const all = record(readYaml(files.get(shared.file) ?? '', shared.at)) ?? {};
    return Object.entries(all).filter((entry): entry is [string, Record<string, Data>] => isRecord(entry[1]));
  }
  const found = [...files.keys()].flatMap((path) =>
    kind === 'figures' ? (FIGURES.exec(path)?.[1] ?? []) : (ANSWER.exec(path)?.[1]?.replace('/', '.') ?? []),
  );
  return [...new Set(found)].sort().flatMap((id) => {
    const entry = readEntry({ kind, id }, files);
    return entry ? [[id, entry] as const] : [];
  });
}

/** What the form shows of an entry, as it stands in its files; undefined where there is none. */
export function readEntry({ kind, id }: EntryRef, files: Files): Record<string, Data> | undefined {
  const shared = SHARED[kind];
  if (shared) return record(readYaml(files.get(shared.file) ?? '', [...shared.at, id]));
  if (kind === 'figures') {
    const text = files.get(figuresPath(id));
    return text === undefined ? undefined : record(readYaml(text));
  }
  const languages = localesOf(id, files).map((locale): [string, Data] => [
    locale,
    readAnswer(files.get(answerPath(id, locale)) ?? ''),
  ]);
  return languages.length === 0 ? undefined : Object.fromEntries(languages);
}

/** Names what an entry holds at one moment, to see whether somebody changed it meanwhile. */
export function versionOf(entry: Data | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify(entry ?? null))
    .digest('hex')
    .slice(0, 16);
}

/** The files that change when an entry is to hold `wanted`. Empty where it holds it already. */
export function writeEntry(ref: EntryRef, wanted: Record<string, Data>, files: Files): readonly Change[] {
  const { kind, id } = ref;
  const before = readEntry(ref, files);
  const after = tidy(wanted, before);
  if (!isRecord(after) || (before && same(before, after))) return [];
  const shared = SHARED[kind];
  if (shared) {
    const text = files.get(shared.file) ?? '';
    return [{ path: shared.file, text: editYaml(text, [...shared.at, id], after) }];
  }
  if (kind === 'figures') {
    const path = figuresPath(id);
    const text = files.get(path);
    return [{ path, text: text === undefined ? newYaml(after) : editYaml(text, [], after) }];
  }
  return Object.entries(after).flatMap(([locale, answer]): Change[] => {
    if (!isRecord(answer)) return [];
    const path = answerPath(id, locale);
    const old = files.get(path);
    const text = old === undefined ? newAnswer(answer) : editAnswer(old, answer);
    return text === old || (old === undefined && isBlank(answer)) ? [] : [{ path, text }];
  });
}

/** The files that change when an entry is taken away. */
export function removeEntry({ kind, id }: EntryRef, files: Files): readonly Change[] {
  const shared = SHARED[kind];
  if (shared) {
    const text = files.get(shared.file) ?? '';
    return [{ path: shared.file, text: editYaml(text, [...shared.at, id], undefined) }];
  }
  if (kind === 'figures') return [{ path: figuresPath(id), text: undefined }];
  return localesOf(id, files).map((locale) => ({ path: answerPath(id, locale), text: undefined }));
}

/** The files as they would be after some changes. */
export function applyChanges(files: Files, changes: readonly Change[]): Files {
  const after = new Map(files);
  for (const { path, text } of changes) {
    if (text === undefined) after.delete(path);
    else after.set(path, text);
  }
  return after;
}

function record(data: Data | undefined): Record<string, Data> | undefined {
  return isRecord(data) ? data : undefined;
}

function figuresPath(id: string): string {
  return `knowledge/figures/${id}.yaml`;
}

function answerPath(id: string, locale: string): string {
  return `knowledge/answers/${id.replace('.', '/')}.${locale}.md`;
}

function localesOf(id: string, files: Files): string[] {
  const wanted = id.replace('.', '/');
  return [...files.keys()].flatMap((path) => {
    const match = ANSWER.exec(path);
    return match?.[1] === wanted && match[2] !== undefined ? [match[2]] : [];
  });
}

function readAnswer(text: string): Data {
  const [, , frontMatter = '', , , body = ''] = FRONT_MATTER.exec(text) ?? [];
  return { ...record(readYaml(frontMatter)), body };
}

function editAnswer(old: string, { body, ...settings }: Record<string, Data>): string {
  const [, open, frontMatter = '', close, before, oldBody, after] = FRONT_MATTER.exec(old) ?? [];
  if (open === undefined) return newAnswer({ ...settings, body: body ?? '' });
  const text = typeof body === 'string' ? body : '';
  const edited = editYaml(`${frontMatter}\n`, [], settings).replace(/\n$/, '');
  return `${open}${edited}${close}${before}${text === oldBody ? oldBody : text.trim()}${after}`;
}

/** Lists of questions get a line each; other fields stand on one line. */
function newAnswer({ body, ...settings }: Record<string, Data>): string {
  const lines = Object.entries(settings).map(([key, value]) =>
    key === 'phrasings' && Array.isArray(value) && value.length > 0
      ? `${key}:\n${value.map((one) => inBlock('-', one, '  ').replace(/^ {2}"?-"?: /, '  - ')).join('')}`
      : inBlock(key, value, ''),
  );
  return `---\n${lines.join('')}---\n${typeof body === 'string' ? body.trim() : ''}\n`;
}

function newYaml(entry: Record<string, Data>): string {
  return Object.entries(entry)
    .map(([key, value]) => inBlock(key, value, ''))
    .join('');
}

/** A language of the form in which nothing was written: only what the form filled in by itself. */
function isBlank(answer: Record<string, Data>): boolean {
  return !answer.title && !answer.body;
}
