import type { Problem } from '../knowledge/index.ts';
import { type Data, isRecord } from './data.ts';
import {
  type EntryRef,
  isId,
  KINDS,
  type Kind,
  listEntries,
  readEntry,
  removeEntry,
  versionOf,
  writeEntry,
} from './entries.ts';
import type { Folder } from './folder.ts';

/** An entry as the form takes it: its id and version, then its fields. */
export type FormEntry = Readonly<Record<string, Data>>;

/** Why something was not saved; the caller words it. */
export type Refusal =
  | { readonly reason: 'wrong-name' }
  | { readonly reason: 'renamed'; readonly id: string }
  | { readonly reason: 'exists'; readonly id: string }
  | { readonly reason: 'missing'; readonly id: string }
  | { readonly reason: 'changed-meanwhile' }
  /** Saved, but the Git service did not take it. */
  | { readonly reason: 'not-sent'; readonly detail: string }
  | { readonly reason: 'problems'; readonly problems: readonly Problem[] };

/** `files` are the paths that changed; none where everything was so already. */
export type Outcome =
  | { readonly ok: true; readonly files: readonly string[] }
  | { readonly ok: false; readonly refusal: Refusal };

export interface Editing {
  list(kind: Kind): Promise<readonly FormEntry[]>;
  read(ref: EntryRef): Promise<FormEntry | undefined>;
  /** @param writer who saves: a second save from the same form is no conflict with the first */
  save(ref: EntryRef, entry: FormEntry, writer: string): Promise<Outcome>;
  remove(refs: readonly EntryRef[]): Promise<Outcome>;
}

/** So many forms are remembered after their first save, for the second one. */
const REMEMBERED = 1000;

export function refOf(kind: string | undefined, id: string | undefined): EntryRef | undefined {
  const known = KINDS.find((one) => one === kind);
  return known !== undefined && id !== undefined && isId(id, known) ? { kind: known, id } : undefined;
}

/** Opens the files of a folder for editing, one change at a time. */
export function openEditing(folder: Folder): Editing {
  let last: Promise<unknown> = Promise.resolve();
  /** Form (writer, entry, version first read) → version after its last save. */
  const saved = new Map<string, string>();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  }

  async function read(ref: EntryRef): Promise<FormEntry | undefined> {
    const entry = readEntry(ref, await folder.read());
    return entry && toForm(ref.id, entry);
  }

  async function save(ref: EntryRef, form: FormEntry, writer: string): Promise<Outcome> {
    const { id, version, ...wanted } = form;
    if (id !== ref.id) return refuse({ reason: 'renamed', id: ref.id });
    const files = await folder.read();
    const present = readEntry(ref, files);
    const isNew = version === undefined || version === '' || version === null;
    if (isNew && present) return refuse({ reason: 'exists', id: ref.id });
    if (!isNew && !present) return refuse({ reason: 'changed-meanwhile' });
    const key = JSON.stringify([writer, ref.kind, ref.id, version]);
    const now = versionOf(present);
    if (!isNew && version !== now && saved.get(key) !== now) return refuse({ reason: 'changed-meanwhile' });
    const changes = writeEntry(ref, wanted, files);
    if (changes.length === 0) return { ok: true, files: [] };
    const problems = await folder.trial(changes);
    if (problems.length > 0) return refuse({ reason: 'problems', problems });
    await folder.write(changes);
    remember(key, versionOf(readEntry(ref, await folder.read())));
    return { ok: true, files: changes.map(({ path }) => path) };
  }

  function remember(key: string, version: string): void {
    saved.delete(key);
    saved.set(key, version);
    const [oldest] = saved.keys();
    if (saved.size > REMEMBERED && oldest !== undefined) saved.delete(oldest);
  }

  async function remove(refs: readonly EntryRef[]): Promise<Outcome> {
    const written: string[] = [];
    for (const ref of refs) {
      const files = await folder.read();
      if (!readEntry(ref, files)) return refuse({ reason: 'missing', id: ref.id });
      const changes = removeEntry(ref, files);
      const problems = await folder.trial(changes);
      if (problems.length > 0) return refuse({ reason: 'problems', problems });
      await folder.write(changes);
      written.push(...changes.map(({ path }) => path));
    }
    return { ok: true, files: written };
  }

  return {
    async list(kind) {
      const files = await folder.read();
      return listEntries(kind, files).map(([id, entry]) => toForm(id, entry));
    },
    read,
    save: (ref, form, writer) => inTurn(() => save(ref, form, writer)),
    remove: (refs) => inTurn(() => remove(refs)),
  };
}

function refuse(refusal: Refusal): Outcome {
  return { ok: false, refusal };
}

function toForm(id: string, entry: Record<string, Data>): FormEntry {
  return { id, version: versionOf(entry), ...entry };
}

/** A form as it arrives: JSON text of one object. */
export function parseForm(raw: string): FormEntry | undefined {
  try {
    const data: unknown = JSON.parse(raw);
    return isRecord(data) ? data : undefined;
  } catch {
    return undefined;
  }
}
