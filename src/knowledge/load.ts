import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { z } from 'zod';
import { type LocatedAnswer, parseAnswer } from './answers.ts';
import { checkAcross } from './check.ts';
import { isDialogText, readDialogs } from './dialogs/index.ts';
import { readFolder, type TextFile } from './files.ts';
import { parseYaml } from './parse.ts';
import {
  contactsSchema,
  lexiconSchema,
  seriesSchema,
  sourcesSchema,
  textsSchema,
  topicsSchema,
} from './schemas.ts';
import type { Answer, Knowledge, Lexicon, PerLocale, Problem, Series } from './types.ts';

export type LoadResult =
  /** `warnings` holds what does not stop the bot: warnings, and the errors of dialogs that are left out. */
  | { readonly ok: true; readonly knowledge: Knowledge; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads everything the bot knows from `knowledge/`, `dialogs/` and `locales/` under `root`.
 *
 * Nothing is thrown for a wrong file: all problems of all files come back together, so that they can be mended at once.
 */
export async function loadKnowledge(root: string): Promise<LoadResult> {
  const knowledgeFiles = await readFolder(root, 'knowledge', ['.md', '.yaml']);
  const localeFiles = await readFolder(root, 'locales', ['.json']);
  const dialogFiles = await readFolder(root, 'dialogs', ['.yaml']);
  const files = [...knowledgeFiles.files, ...dialogFiles.files, ...localeFiles.files];
  const [ofDialogs, ofLocales] = split(localeFiles.problems, ({ file }) => isDialogText({ path: file }));
  const reading = new Reading(files, [...knowledgeFiles.problems, ...ofLocales]);
  const knowledge = reading.knowledge();
  const errors = reading.problems.filter(({ severity }) => severity === 'error');
  if (knowledge === undefined || errors.length > 0) return { ok: false, problems: reading.problems };
  const { dialogs, problems } = readDialogs(
    files,
    knowledge,
    dialogFiles.problems.map(({ file }) => file),
  );
  return {
    ok: true,
    knowledge: deepFreeze({ ...knowledge, dialogs }),
    warnings: [...reading.problems, ...dialogFiles.problems, ...ofDialogs, ...problems],
  };
}

function split<T>(all: readonly T[], belongs: (one: T) => boolean): [T[], T[]] {
  return [all.filter(belongs), all.filter((one) => !belongs(one))];
}

/** Collects what the files say and what is wrong with them. */
class Reading {
  readonly problems: Problem[];
  readonly #files: readonly TextFile[];

  constructor(files: readonly TextFile[], problems: readonly Problem[]) {
    this.#files = files;
    this.problems = [...problems];
  }

  knowledge(): Omit<Knowledge, 'dialogs'> | undefined {
    const subjects = this.#one('knowledge/topics.yaml', topicsSchema);
    const contacts = this.#one('knowledge/contacts.yaml', contactsSchema);
    const sources = this.#one('knowledge/sources.yaml', sourcesSchema);
    const series = this.#series();
    const located = this.#answers();
    const lexicons = this.#lexicons();
    const texts = this.#texts();
    if (!subjects || !contacts || !sources) return undefined;
    const withIds = <T extends object>(entries: Record<string, T>) =>
      Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, { id, ...entry }]));
    const knowledge = {
      locales: subjects.locales,
      topics: withIds(subjects.topics),
      aspects: withIds(subjects.aspects),
      answers: groupAnswers(located),
      series,
      contacts: withIds(contacts),
      sources: withIds(sources),
      lexicons,
      texts,
      hash: this.#hash(),
    };
    this.problems.push(...checkAcross(located, knowledge));
    return knowledge;
  }

  #under(folder: string): readonly TextFile[] {
    return this.#files.filter(({ path }) => path.startsWith(folder));
  }

  #parse<S extends z.ZodType>(file: TextFile, schema: S): z.output<S> | undefined {
    const parsed = parseYaml(file, schema);
    if (parsed.ok) return parsed.value.data;
    this.problems.push(...parsed.problems);
    return undefined;
  }

  #one<S extends z.ZodType>(path: string, schema: S): z.output<S> | undefined {
    const file = this.#files.find((one) => one.path === path);
    if (file) return this.#parse(file, schema);
    this.problems.push({
      severity: 'error',
      file: path,
      line: 1,
      column: 1,
      message: 'This file is missing, or could not be read.',
      mend: 'Put it back; the version history of the project has it.',
    });
    return undefined;
  }

  #series(): Record<string, Series> {
    const entries = this.#under('knowledge/figures/').flatMap((file): [string, Series][] => {
      const data = this.#parse(file, seriesSchema);
      if (!data) return [];
      const id = basename(file.path, '.yaml');
      const { topic, remark, values, ...rest } = data;
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

  #answers(): LocatedAnswer[] {
    return this.#under('knowledge/answers/')
      .filter(({ path }) => path.endsWith('.md'))
      .flatMap((file) => {
        const parsed = parseAnswer(file);
        if (!('problems' in parsed)) return [parsed];
        this.problems.push(...parsed.problems);
        return [];
      });
  }

  #lexicons(): PerLocale<Lexicon> {
    const entries = this.#under('knowledge/lexicon/').flatMap((file): [string, Lexicon][] => {
      const data = this.#parse(file, lexiconSchema);
      const locale = basename(file.path, '.yaml');
      if (!data) return [];
      const { dateRecogniser, ...rest } = data;
      return [[locale, { locale, ...rest, ...(dateRecogniser && { dateRecogniser }) }]];
    });
    return Object.fromEntries(entries);
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
