import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { z } from 'zod';
import { type LocatedAnswer, parseAnswer } from './answers.ts';
import { type CallList, callsIn, messagesTwice, readCallList } from './callLists.ts';
import { checkAcross, type NameUse } from './check.ts';
import { isDialogText, readDialogs } from './dialogs/index.ts';
import { type ReadFiles, readFolder, type TextFile } from './files.ts';
import { fieldName, isForbiddenName, type Parsed, type Path, parseYaml } from './parse.ts';
import { misplacedFiles } from './places.ts';
import { nearestNames, problem } from './problem.ts';
import {
  contactsSchema,
  lexiconSchema,
  seriesSchema,
  sourcesSchema,
  textsSchema,
  topicsSchema,
} from './schemas.ts';
import {
  type Answer,
  FALLBACK,
  type Knowledge,
  type Lexicon,
  type PerLocale,
  type Problem,
  type Series,
} from './types.ts';

export type LoadResult =
  | {
      readonly ok: true;
      readonly knowledge: Knowledge;
      /** What does not stop the bot: warnings, and the errors of dialogs that are left out. */
      readonly warnings: readonly Problem[];
      readonly places: Places;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Where in the files things stand, for those who check them further. */
export interface Places {
  readonly answers: readonly LocatedAnswer[];
  /** Line and column (from 1) of a field of a YAML or JSON file. */
  readonly locate: (file: string, path: Path) => { readonly line: number; readonly column: number };
}

/** How the names of the answers begin that somebody in need gets. */
const SAFETY = 'safety.';

/** What was read from each file before: a file that did not change is not read into data again. */
export type Memo = Map<string, { readonly text: string; readonly parsed: unknown }>;

/**
 * Reads everything the bot knows from `knowledge/`, `dialogs/` and `locales/` under `root`.
 *
 * Nothing is thrown for a wrong file: all problems of all files come back together, so that they can be mended at once.
 */
export async function loadKnowledge(root: string): Promise<LoadResult> {
  return buildKnowledge(await readKnowledge(root));
}

/** Every file the bot's knowledge is made of. */
export async function readKnowledge(root: string): Promise<ReadFiles> {
  const folders = await Promise.all([
    readFolder(root, 'knowledge', ['.md', '.yaml', '.yml', '.txt']),
    readFolder(root, 'dialogs', ['.yaml']),
    readFolder(root, 'locales', ['.json']),
  ]);
  return {
    files: folders.flatMap(({ files }) => files),
    problems: folders.flatMap(({ problems }) => problems),
  };
}

/** Makes the knowledge of files that were read. */
export function buildKnowledge({ files, problems }: ReadFiles, memo: Memo = new Map()): LoadResult {
  const ofDialogs = problems.filter(({ file }) => isOfDialog(file));
  const reading = new Reading(
    files,
    problems.filter(({ file }) => !isOfDialog(file)),
    memo,
  );
  const knowledge = reading.knowledge();
  const errors = reading.problems.filter(({ severity }) => severity === 'error');
  if (knowledge === undefined || errors.length > 0) {
    return { ok: false, problems: [...reading.problems, ...ofDialogs] };
  }
  const read = readDialogs(
    files,
    knowledge,
    ofDialogs.map(({ file }) => file),
  );
  return {
    ok: true,
    knowledge: deepFreeze({ ...knowledge, dialogs: read.dialogs }),
    warnings: [...reading.problems, ...ofDialogs, ...read.problems],
    places: reading.places(),
  };
}

/** What is wrong in the file of a dialog, or of its texts, costs that dialog only. */
function isOfDialog(path: string): boolean {
  return path.startsWith('dialogs/') || isDialogText({ path });
}

/** Collects what the files say and what is wrong with them. */
class Reading {
  readonly problems: Problem[];
  readonly #files: readonly TextFile[];
  readonly #memo: Memo;
  readonly #uses: NameUse[] = [];
  readonly #located = new Map<string, (path: Path) => { line: number; column: number }>();
  #answersRead: readonly LocatedAnswer[] = [];

  constructor(files: readonly TextFile[], problems: readonly Problem[], memo: Memo) {
    this.#files = files;
    this.#memo = memo;
    this.problems = [...problems];
  }

  knowledge(): Omit<Knowledge, 'dialogs'> | undefined {
    const subjects = this.#one('knowledge/topics.yaml', topicsSchema);
    const contacts = this.#one('knowledge/contacts.yaml', contactsSchema);
    const sources = this.#one('knowledge/sources.yaml', sourcesSchema);
    const series = this.#series();
    const located = this.#answers();
    const lexicons = this.#lexicons();
    const lists = this.#callLists();
    const texts = this.#texts();
    if (!subjects || !contacts || !sources) return undefined;
    const withIds = <T extends object>(entries: Record<string, T>) =>
      Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, { id, ...entry }]));
    for (const [id, topic] of Object.entries(subjects.topics)) {
      this.#note('series', topic.series, 'knowledge/topics.yaml', ['topics', id, 'series']);
    }
    for (const [id, contact] of Object.entries(contacts)) {
      contact.sources.forEach((source, i) => {
        this.#note('source', source, 'knowledge/contacts.yaml', [id, 'sources', i]);
      });
    }
    const knowledge = {
      locales: subjects.locales,
      topics: withIds(subjects.topics),
      aspects: withIds(subjects.aspects),
      answers: groupAnswers(located),
      series,
      contacts: withIds(contacts),
      sources: withIds(sources),
      lexicons,
      calls: callsIn(lists),
      texts,
      hash: this.#hash(),
    };
    this.problems.push(...misplacedFiles(this.#files, subjects.locales));
    this.problems.push(...checkAcross(located, this.#uses, this.#unread(), knowledge));
    this.problems.push(...messagesTwice(lists, located));
    return knowledge;
  }

  /** Names of the answers and series whose files have errors of their own. */
  #unread(): ReadonlySet<string> {
    const files = this.problems.filter(({ severity }) => severity === 'error').map(({ file }) => file);
    return new Set(files.flatMap((file) => nameIn(file) ?? []));
  }

  places(): Places {
    return {
      answers: this.#answersRead,
      locate: (file, path) => this.#located.get(file)?.(path) ?? { line: 1, column: 1 },
    };
  }

  /** Notes that a file uses the name of something that another file must hold. */
  #note(kind: NameUse['kind'], name: string | undefined, file: string, path: Path): void {
    if (name === undefined) return;
    const locate = (wanted: Path) => this.places().locate(file, wanted);
    this.#uses.push({ kind, name, file, path, locate });
  }

  /** What was made of this file the last time, where its text is still the same. */
  #remembered<T>({ path, text }: TextFile, parse: () => T): T {
    const before = this.#memo.get(path);
    if (before?.text === text) return before.parsed as T;
    const parsed = parse();
    this.#memo.set(path, { text, parsed });
    return parsed;
  }

  #under(folder: string): readonly TextFile[] {
    return this.#files.filter(({ path }) => path.startsWith(folder));
  }

  #parse<S extends z.ZodType>(file: TextFile, schema: S): z.output<S> | undefined {
    const parsed = this.#remembered(file, (): Parsed<z.output<S>> => parseYaml(file, schema));
    if (parsed.ok) {
      const { data, locate } = parsed.value;
      this.#located.set(file.path, locate);
      return data;
    }
    this.problems.push(...parsed.problems);
    return undefined;
  }

  #one<S extends z.ZodType>(path: string, schema: S): z.output<S> | undefined {
    const file = this.#files.find((one) => one.path === path);
    if (file) return this.#parse(file, schema);
    const known = this.problems.some(({ file: named }) => named === path);
    if (!known) this.problems.push(problem('error', 'missing-file', { file: path }));
    return undefined;
  }

  #series(): Record<string, Series> {
    const entries = this.#under('knowledge/figures/').flatMap((file): [string, Series][] => {
      const data = this.#parse(file, seriesSchema);
      if (!data) return [];
      const id = basename(file.path, '.yaml');
      if (isForbiddenName(id)) {
        this.problems.push(problem('error', 'forbidden-name', { file: file.path }, { name: id }));
        return [];
      }
      const { topic, remark, values, ...rest } = data;
      this.#note('topic', topic, file.path, ['topic']);
      for (const field of ['values', 'shares'] as const) {
        data[field].forEach(({ source }, i) => {
          this.#note('source', source, file.path, [field, i, 'source']);
        });
      }
      return [
        [
          id,
          {
            id,
            file: file.path,
            ...rest,
            ...(topic !== undefined && { topic }),
            ...(remark !== undefined && { remark }),
            values: values
              .map(({ until, ...value }) => ({ ...value, ...(until !== undefined && { until }) }))
              .sort((a, b) => a.year - b.year),
          },
        ],
      ];
    });
    return Object.fromEntries(entries);
  }

  #answers(): readonly LocatedAnswer[] {
    this.#answersRead = this.#under('knowledge/answers/')
      .filter(({ path }) => path.endsWith('.md'))
      .flatMap((file) => {
        const parsed = this.#remembered(file, () => parseAnswer(file));
        if (!('problems' in parsed)) return [parsed];
        this.problems.push(...parsed.problems);
        return [];
      });
    return this.#answersRead;
  }

  /** The files of a folder that hold one language each. */
  #inLocales<S extends z.ZodType, T>(
    folder: string,
    schema: S,
    make: (locale: string, data: z.output<S>, file: string) => T,
  ): PerLocale<T> {
    const entries = this.#under(folder).flatMap((file): [string, T][] => {
      const data = this.#parse(file, schema);
      const locale = basename(file.path, '.yaml');
      return data === undefined ? [] : [[locale, make(locale, data, file.path)]];
    });
    return Object.fromEntries(entries);
  }

  #lexicons(): PerLocale<Lexicon> {
    return this.#inLocales('knowledge/lexicon/', lexiconSchema, (locale, data, file) => {
      this.#noteSafetyAnswers(data.alarms, file, 'alarms');
      const { dateRecogniser, ...rest } = data;
      return { locale, ...rest, ...(dateRecogniser && { dateRecogniser }) };
    });
  }

  #callLists(): readonly CallList[] {
    const lists = this.#under('knowledge/calls/').flatMap(
      (file) => this.#remembered(file, () => readCallList(file)) ?? [],
    );
    for (const { id, file } of lists) {
      if (id !== FALLBACK) this.#noteSafetyAnswer(id, file, []);
    }
    return lists;
  }

  #noteSafetyAnswers(byAnswer: Readonly<Record<string, unknown>>, file: string, field: string): void {
    for (const id of Object.keys(byAnswer)) this.#noteSafetyAnswer(id, file, [field, id]);
  }

  /** Notes the name of a safety answer; any other answer would be passed over without a word. */
  #noteSafetyAnswer(id: string, file: string, path: Path): void {
    this.#note('answer', id, file, path);
    if (id.startsWith(SAFETY)) return;
    const place = { file, ...this.places().locate(file, path), field: fieldName(path), text: id };
    const safety = this.#answersRead.map(({ answer }) => answer.id).filter((one) => one.startsWith(SAFETY));
    this.problems.push(
      problem('error', 'no-call', place, { name: id, near: nearestNames(id, [...new Set(safety)]) }),
    );
  }

  #texts(): Knowledge['texts'] {
    const texts: Record<string, Record<string, Record<string, unknown>>> = {};
    for (const file of this.#under('locales/')) {
      const [, locale = '', ...name] = file.path.replace(/\.json$/, '').split('/');
      // JSON is YAML, and so gives line numbers for its faults too. Those of a dialog cost that dialog only.
      const data = isDialogText(file) ? lenient(file) : this.#parse(file, textsSchema);
      if (data) texts[locale] = { ...texts[locale], [name.join('/')]: data };
    }
    return texts;
  }

  #hash(): string {
    const hash = createHash('sha256');
    for (const { path, text } of this.#files) hash.update(`${path}\0${text}\0`);
    return hash.digest('hex');
  }
}

/** Texts of a dialog as they stand; what is wrong with them is said where dialogs are read. */
function lenient(file: TextFile): Record<string, unknown> | undefined {
  const parsed = parseYaml(file, textsSchema);
  return parsed.ok ? parsed.value.data : undefined;
}

/** `knowledge/figures/grooming-files.yaml` → `grooming-files`; `knowledge/answers/grooming/signs.nl.md` → `grooming.signs`. */
function nameIn(file: string): string | undefined {
  const [, series] = /^knowledge\/figures\/(.+)\.yaml$/.exec(file) ?? [];
  const [, answer] = /^knowledge\/answers\/(.+)\.[a-z]+\.md$/.exec(file) ?? [];
  return series ?? answer?.replace('/', '.');
}

function groupAnswers(located: readonly LocatedAnswer[]): Record<string, Record<string, Answer>> {
  const answers: Record<string, Record<string, Answer>> = {};
  for (const { answer } of located) answers[answer.id] = { ...answers[answer.id], [answer.locale]: answer };
  return answers;
}

/** Freezes data in depth, so that no turn can change what the bot knows. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
