/**
 * The shape of everything the bot knows. Plain readonly data: no file handles, no functions, no SDK types.
 * `load.ts` builds it from the files of `knowledge/`, `dialogs/` and `locales/`.
 */

import type { Dialog, DialogId } from './dialogs/types.ts';

/** Primary language subtag of a folder in `locales/`: `nl`, `fr`, `en`, … */
export type Locale = string;
/** Id of the answer catalogue: `sexting.definition`, `safety.crisis`, `fallback`. */
export type AnswerId = string;

/** The answer where nothing fits: what it is given for is out of scope. */
export const FALLBACK: AnswerId = 'fallback';
export type TopicId = string;
export type AspectId = string;
export type SeriesId = string;
export type ContactId = string;
export type SourceId = string;

/** One value per locale present. */
export type PerLocale<T> = Readonly<Record<Locale, T>>;

/** How far the text has come: `draft` (nobody of staff read it), `to-confirm` (a fact in it is open), `approved`. */
export type ReviewState = 'draft' | 'to-confirm' | 'approved';

/** One answer in one language: one file of `knowledge/answers/`. */
export interface Answer {
  readonly id: AnswerId;
  readonly locale: Locale;
  /** Short, in the voice of the person who asks; unique within a locale. Label of buttons and of choices. */
  readonly title: string;
  readonly phrasings: readonly string[];
  /** Answers, and dialogs as `dialog.<id>`, offered under this one. */
  readonly quickReplies: readonly string[];
  /** At most three; the first is the one for this user and language. */
  readonly contacts: readonly ContactId[];
  /** Series shown as a chart under the answer. */
  readonly figures: readonly SeriesId[];
  readonly sources: readonly SourceId[];
  /** Date of the last review, `YYYY-MM-DD`. */
  readonly reviewed: string;
  readonly state: ReviewState;
  /** Markdown (paragraphs, lists, bold) with references such as `{{figure grooming-files 2018}}`. */
  readonly body: string;
  /** Path from the project's root, for messages to staff. */
  readonly file: string;
}

/** A subject (`sexting`) or a side of a subject (`definition`), with the words people use for it. */
export interface Subject {
  readonly id: string;
  readonly names: PerLocale<string>;
  readonly synonyms: PerLocale<readonly string[]>;
}

export interface Topic extends Subject {
  /** The series that answers "how many?" for this topic. */
  readonly series?: SeriesId;
}

export type Unit = 'files' | 'reports' | 'views' | 'countries' | 'people';

export interface FigureValue {
  readonly year: number;
  readonly value: number;
  /** True where the source says "more than". */
  readonly atLeast: boolean;
  /** Last day counted, `YYYY-MM-DD`, where the year was not complete. */
  readonly until?: string;
  readonly source: SourceId;
}

export type Group = 'girls' | 'boys';

export interface Share {
  readonly year: number;
  readonly group: Group;
  /** 0–100. */
  readonly percent: number;
  readonly source: SourceId;
}

/** One series of yearly values: one file of `knowledge/figures/`. */
export interface Series {
  readonly id: SeriesId;
  readonly topic?: TopicId;
  readonly unit: Unit;
  /** What is counted, as it reads inside a sentence: "files about grooming". */
  readonly names: PerLocale<string>;
  /** What a reader must know beside the number; shown with it. */
  readonly remark?: PerLocale<string>;
  /** Ascending by year. */
  readonly values: readonly FigureValue[];
  readonly shares: readonly Share[];
  readonly file: string;
}

export interface Contact {
  readonly id: ContactId;
  readonly kind: 'phone' | 'site';
  readonly names: PerLocale<string>;
  /** Number or address as it is shown. */
  readonly values: PerLocale<string>;
  /** `tel:` or `https:` address to open. */
  readonly links: PerLocale<string>;
  /** One sentence: for whom, when, at what cost. */
  readonly notes: PerLocale<string>;
  readonly sources: readonly SourceId[];
  readonly reviewed: string;
  readonly state: ReviewState;
}

export interface Source {
  readonly id: SourceId;
  readonly title: string;
  readonly publisher: string;
  /** As precise as known: `2019`, `2019-06` or `2019-06-05`. */
  readonly date: string;
  readonly url?: string;
}

/** How people of one language type: data for the understanding. */
export interface Lexicon {
  readonly locale: Locale;
  /** Chat spelling → plain words: `wa` → `wat`. Lower case, no accents. */
  readonly abbreviations: Readonly<Record<string, string>>;
  /** Concept → the words and phrases that express it; `*` at the end stands for any ending. */
  readonly concepts: Readonly<Record<string, readonly string[]>>;
  /** Command → what people type for it: `safe-word`, `human`, `back`, `stop`, `restart`, `resume`, `yes`, `no`, `not-meant`. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
  /** Phrase for a year counted from the present one → how many years to add: `vorig jaar` → -1. */
  readonly relativeYears: Readonly<Record<string, number>>;
  /** Phrase for a year counted from the one that the message names, `{year}` → how many years to add: `the year before` → -1. */
  readonly besideNamedYear: Readonly<Record<string, number>>;
  /** When to ask Recognizers-Text for a year that the phrases above do not give, and for which culture. */
  readonly dateRecogniser?: { readonly culture: string; readonly hints: readonly string[] };
  /** Safety answer → phrases that call for it wherever they stand in a message. */
  readonly alarms: Readonly<Record<AnswerId, readonly string[]>>;
  /** Phrases that look like an alarm and are none: "dying of laughter". */
  readonly harmless: readonly string[];
  /** Words for the first, second, third … of a list, and for the last one: `["1", "first"]`. */
  readonly ordinals: readonly (readonly string[])[];
  /** Words for the last of a list. */
  readonly last: readonly string[];
  /** How a message begins that leans on the one before: "and", "what about". */
  readonly followUps: readonly string[];
}

/**
 * Messages from which the bot learns to hear a call for help: each safety answer with messages that call for it, and
 * `fallback` with messages in the same words that no answer fits.
 */
export type Calls = Readonly<Record<AnswerId, readonly string[]>>;

/** Texts of `locales/<locale>/<namespace>.json`, as i18next takes them. */
export type Texts = Readonly<Record<Locale, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** Everything the bot knows at one moment. Deeply frozen. */
export interface Knowledge {
  /** Locales present, the first one is the default. */
  readonly locales: readonly Locale[];
  readonly topics: Readonly<Record<TopicId, Topic>>;
  readonly aspects: Readonly<Record<AspectId, Subject>>;
  readonly answers: Readonly<Record<AnswerId, PerLocale<Answer>>>;
  readonly series: Readonly<Record<SeriesId, Series>>;
  readonly contacts: Readonly<Record<ContactId, Contact>>;
  readonly sources: Readonly<Record<SourceId, Source>>;
  readonly lexicons: PerLocale<Lexicon>;
  readonly calls: PerLocale<Calls>;
  readonly texts: Texts;
  /** The dialogs without an error. */
  readonly dialogs: Readonly<Record<DialogId, Dialog>>;
  /** SHA-256 of every file read, hex. Names the version in caches, logs and `/health`. */
  readonly hash: string;
}

/** What is wrong in a file, where, and how to mend it, in words for staff. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** Key of `messages/*.json`; absent where the words exist in one language only. */
  readonly code?: string;
  /** What the message names: numbers, names, the other file. */
  readonly values?: Readonly<Record<string, string | number>>;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** Path of the field, `phrasings[2]`; absent where the file as a whole is meant. */
  readonly field?: string;
  /** The text that is meant, as it stands in the file. */
  readonly text?: string;
  /** In English; `inLanguage` gives it in the language of the reader. */
  readonly message: string;
  readonly mend: string;
}
