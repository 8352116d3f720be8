import { createHash } from 'node:crypto';
import type { TextFile } from '../files.ts';
import { type Located, parseYaml } from '../parse.ts';
import type { Locale, Problem } from '../types.ts';
import { type DialogTexts, dialogSchema, type RawDialog, type RawStep } from './schema.ts';
import {
  DIRECTIONS,
  type Dialog,
  GROUPS,
  type Guess,
  type Sentences,
  type Slot,
  type Step,
} from './types.ts';

/** Texts of one dialog in the languages that have them, with the places of their fields. */
export type TextsByLocale = Readonly<Record<Locale, Located<DialogTexts>>>;

export interface LocatedDialog {
  readonly dialog: Dialog;
  readonly locate: Located<unknown>['locate'];
  readonly texts: TextsByLocale;
}

/** The fields that say what a step does. An `ask` may also have `remember`, which is then no kind of its own. */
const KINDS = ['say', 'answer', 'figure', 'ask', 'branch', 'end', 'go', 'remember'] as const;
type Kind = (typeof KINDS)[number];
/** What each kind of step may hold beside its own field. */
const FIELDS: Readonly<Record<Kind, readonly (keyof RawStep)[]>> = {
  say: ['next', 'contacts', 'sources'],
  answer: ['next'],
  figure: ['next'],
  ask: ['choices', 'remember', 'again', 'contacts', 'guess', 'right', 'wrong'],
  branch: ['cases', 'else'],
  remember: ['next'],
  go: [],
  end: ['contacts', 'offers'],
};

/** Length of the version in a conversation's state, in hexadecimal digits. */
const VERSION_LENGTH = 16;

type Fault = (path: readonly (string | number)[], message: string, mend: string) => undefined;

/** Reads one dialog. Problems are data: the list is empty where the dialog can be used. */
export function parseDialog(
  file: TextFile,
  texts: TextsByLocale,
): { readonly located?: LocatedDialog; readonly problems: readonly Problem[] } {
  const parsed = parseYaml(file, dialogSchema);
  if (!parsed.ok) return { problems: parsed.problems };
  const { data, locate } = parsed.value;
  const problems: Problem[] = [];
  const fault: Fault = (path, message, mend) => {
    problems.push({
      severity: 'error',
      file: file.path,
      ...locate(path),
      field: path.join('.'),
      message,
      mend,
    });
    return undefined;
  };
  const id = file.path.replace(/^dialogs\/|\.yaml$/g, '');
  const steps = Object.entries(data.steps).flatMap(([name, raw]): [string, Step][] => {
    const step = readStep(name, raw, texts, fault);
    return step ? [[name, step]] : [];
  });
  if (problems.length > 0) return { problems };
  const structure = { start: data.start, slots: readSlots(data), steps: Object.fromEntries(steps) };
  const dialog: Dialog = {
    id,
    version: versionOf(structure),
    ...structure,
    sentences: mapTexts(texts, ({ title, phrasings }) => [title, ...phrasings]),
    file: file.path,
  };
  return { located: { dialog, locate, texts }, problems };
}

function mapTexts(texts: TextsByLocale, pick: (texts: DialogTexts) => readonly string[]): Sentences {
  return Object.fromEntries(Object.entries(texts).map(([locale, { data }]) => [locale, pick(data)]));
}

/** The sentences of steps and choices may change under a running conversation; where they lead may not. */
function versionOf(structure: object): string {
  const plain = JSON.stringify(structure, (key, value) => (key === 'sentences' ? undefined : value));
  return createHash('sha256').update(plain).digest('hex').slice(0, VERSION_LENGTH);
}

function readSlots({ remember }: RawDialog): Record<string, Slot> {
  return Object.fromEntries(
    Object.entries(remember).map(([name, slot]): [string, Slot] => [
      name,
      slot === 'count' ? { kind: 'count' } : { kind: 'oneOf', values: slot },
    ]),
  );
}

function kindOf(raw: RawStep): Kind | undefined {
  const present = KINDS.filter((kind) => raw[kind] !== undefined && !(kind === 'remember' && raw.ask));
  return present.length === 1 ? present[0] : undefined;
}

function readStep(name: string, raw: RawStep, texts: TextsByLocale, fault: Fault): Step | undefined {
  const at = ['steps', name];
  const kind = kindOf(raw);
  if (kind === undefined) {
    return fault(
      at,
      'This step does not say what it does, or says several things.',
      `Give it exactly one of: ${KINDS.join(', ')}.`,
    );
  }
  const stray = Object.keys(raw).filter(
    (field) => field !== kind && !(FIELDS[kind] as readonly string[]).includes(field),
  );
  for (const field of stray)
    fault(
      [...at, field],
      `A step with "${kind}" has no "${field}".`,
      `Remove it, or put it in a step of its own. Beside "${kind}" stand: ${FIELDS[kind].join(', ') || 'nothing'}.`,
    );
  const { next, contacts = [], sources = [] } = raw;
  const needsNext = kind === 'say' || kind === 'answer' || kind === 'figure' || kind === 'remember';
  if (needsNext && next === undefined) {
    return fault(
      at,
      'The dialog stops here: no step comes after this one.',
      'Add next: and the name of a step, or make this step an end.',
    );
  }
  const onwards = next ?? '';
  switch (kind) {
    case 'say':
      return { kind, text: raw.say ?? '', contacts, sources, next: onwards };
    case 'answer':
      return { kind, answer: raw.answer ?? '', next: onwards };
    case 'go':
      return { kind, next: raw.go ?? '' };
    case 'end':
      return { kind, text: raw.end ?? '', contacts, offers: raw.offers ?? [] };
    case 'figure': {
      const [series = '', ...years] = (raw.figure ?? '').trim().split(/\s+/);
      return { kind, series, years: years.map(Number), next: onwards };
    }
    case 'remember':
      return readRemember(raw, at, onwards, fault);
    case 'branch':
      return readBranch(raw, at, fault);
    case 'ask':
      return raw.guess === undefined ? readAsk(raw, at, texts, fault) : readGuess(raw, at, texts, fault);
  }
}

type Path = readonly string[];

function readRemember(raw: RawStep, at: Path, next: string, fault: Fault): Step | undefined {
  const [entry, ...more] = typeof raw.remember === 'object' ? Object.entries(raw.remember) : [];
  if (!entry || more.length > 0) {
    return fault(
      [...at, 'remember'],
      'A step remembers one thing.',
      'Write it as remember: { who: friend }.',
    );
  }
  return { kind: 'remember', slot: entry[0], value: entry[1], next };
}

function readBranch(raw: RawStep, at: Path, fault: Fault): Step | undefined {
  if (raw.cases === undefined || raw.else === undefined) {
    return fault(
      at,
      'A branch needs cases, and an else for all the rest.',
      'Add cases: { word: step } and else: step.',
    );
  }
  const cases = Object.entries(raw.cases).map(([when, go]) => ({ when, go }));
  return { kind: 'branch', slot: raw.branch ?? '', cases, otherwise: raw.else };
}

function readAsk(raw: RawStep, at: Path, texts: TextsByLocale, fault: Fault): Step | undefined {
  const entries = Object.entries(raw.choices ?? {});
  if (entries.length === 0) {
    return fault(
      at,
      'This question has no choices.',
      'Add choices: with a line for each, such as yes: name-of-a-step.',
    );
  }
  if (typeof raw.remember === 'object') {
    return fault(
      [...at, 'remember'],
      'A question remembers the choice made.',
      'Write only the name: remember: who.',
    );
  }
  const choices = entries.flatMap(([id, choice]) => {
    if (choice)
      return [{ id, ...optional(choice), means: choice.means, sentences: choiceSentences(texts, id) }];
    fault(
      [...at, 'choices', id],
      `The choice "${id}" leads nowhere.`,
      `Write the name of a step behind it: ${id}: name-of-a-step.`,
    );
    return [];
  });
  const { again, remember, contacts = [] } = raw;
  return {
    kind: 'ask',
    text: raw.ask ?? '',
    contacts,
    choices,
    ...(again !== undefined && { again }),
    ...(remember !== undefined && { remember }),
  };
}

/** Fields that were not written are left out, so that the data stay plain JSON. */
function optional({ go, say, add }: { go: string; say?: string | undefined; add?: string | undefined }) {
  return { go, ...(say !== undefined && { say }), ...(add !== undefined && { add }) };
}

function choiceSentences(texts: TextsByLocale, id: string): Sentences {
  return mapTexts(texts, ({ choices }) => {
    const choice = choices[id];
    return choice ? [choice.title, ...choice.phrasings] : [];
  });
}

function readGuess(raw: RawStep, at: Path, texts: TextsByLocale, fault: Fault): Step | undefined {
  const guess = guessOf(raw.guess ?? '');
  if (!guess) {
    return fault(
      [...at, 'guess'],
      `"${raw.guess}" is not something to guess.`,
      'Write value SERIES YEAR, change SERIES YEAR YEAR, or share SERIES YEAR.',
    );
  }
  if (!raw.right || !raw.wrong) {
    return fault(
      at,
      'A guess needs a step for right and one for wrong.',
      'Add right: and wrong:, each with the name of a step.',
    );
  }
  const labels: readonly string[] =
    guess.kind === 'value' ? [] : guess.kind === 'change' ? DIRECTIONS : GROUPS;
  return {
    kind: 'guess',
    text: raw.ask ?? '',
    guess,
    right: optional(raw.right),
    wrong: optional(raw.wrong),
    options: labels.map((id) => ({ id, sentences: choiceSentences(texts, id) })),
  };
}

function guessOf(words: string): Guess | undefined {
  const [kind, series = '', first = '', second = ''] = words.trim().split(/\s+/);
  switch (kind) {
    case 'value':
    case 'share':
      return { kind, series, year: Number(first) };
    case 'change':
      return { kind, series, from: Number(first), to: Number(second) };
    default:
      return undefined;
  }
}
