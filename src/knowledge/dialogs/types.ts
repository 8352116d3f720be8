import type { AnswerId, ContactId, Group, Locale, PerLocale, SeriesId, SourceId } from '../types.ts';

/** Name of a file in `dialogs/`: `get-help`. Among answers it goes by `dialog.get-help`. */
export type DialogId = string;
export type StepId = string;
export type ChoiceId = string;
/** Name of a text in `locales/<locale>/dialogs/<dialog>.json`, under `texts`. */
export type TextKey = string;

/** What a dialog may remember: one of a few words, or how many times something happened. Never free text. */
export type Slot =
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'count' };

/** The sentences by which people mean something, the label of its button first. */
export type Sentences = PerLocale<readonly string[]>;

/** Something people can choose, as the understanding needs it. */
export interface Option {
  readonly id: ChoiceId;
  readonly sentences: Sentences;
}

export interface Choice extends Option {
  readonly go: StepId;
  /** Said before going on. */
  readonly say?: TextKey;
  /** Count that grows by one. */
  readonly add?: string;
  /** Answers that mean this choice when a free sentence asks for them; `*.parents` stands for that aspect of any topic. */
  readonly means: readonly string[];
}

/** A question whose choices are made from the figures when it is asked, so that they are right when a figure changes. */
export type Guess =
  /** How many, in that year. */
  | { readonly kind: 'value'; readonly series: SeriesId; readonly year: number }
  /** More or fewer than before. */
  | { readonly kind: 'change'; readonly series: SeriesId; readonly from: number; readonly to: number }
  /** Girls or boys. */
  | { readonly kind: 'share'; readonly series: SeriesId; readonly year: number };

/** What guessing right or wrong leads to. */
export interface Verdict {
  readonly go: StepId;
  readonly say?: TextKey;
  readonly add?: string;
}

/** Where a branch leads: by a remembered word, or by how far a count came (the highest number reached wins). */
export interface Case {
  readonly when: string;
  readonly go: StepId;
}

export type Step =
  | {
      readonly kind: 'say';
      readonly text: TextKey;
      readonly contacts: readonly ContactId[];
      readonly sources: readonly SourceId[];
      readonly next: StepId;
    }
  | { readonly kind: 'answer'; readonly answer: AnswerId; readonly next: StepId }
  | {
      readonly kind: 'figure';
      readonly series: SeriesId;
      readonly years: readonly number[];
      readonly next: StepId;
    }
  | {
      readonly kind: 'ask';
      readonly text: TextKey;
      /** Said when no choice fitted. */
      readonly again?: TextKey;
      readonly contacts: readonly ContactId[];
      /** Slot that remembers the choice. */
      readonly remember?: string;
      readonly choices: readonly Choice[];
    }
  | {
      readonly kind: 'guess';
      readonly text: TextKey;
      readonly guess: Guess;
      readonly right: Verdict;
      readonly wrong: Verdict;
      /** Labels for choices that are words: `up`, `down`, `same`, `girls`, `boys`. */
      readonly options: readonly Option[];
    }
  | {
      readonly kind: 'branch';
      readonly slot: string;
      readonly cases: readonly Case[];
      readonly otherwise: StepId;
    }
  | { readonly kind: 'remember'; readonly slot: string; readonly value: string; readonly next: StepId }
  | { readonly kind: 'go'; readonly next: StepId }
  | {
      readonly kind: 'end';
      readonly text: TextKey;
      readonly contacts: readonly ContactId[];
      /** Answers and dialogs offered afterwards. */
      readonly offers: readonly string[];
    };

export type StepKind = Step['kind'];

/** One guided conversation: a file of `dialogs/` and its texts in each language that has them. */
export interface Dialog {
  readonly id: DialogId;
  /** Changes when steps or choices change: a conversation begun with another version cannot go on. */
  readonly version: string;
  readonly start: StepId;
  readonly slots: Readonly<Record<string, Slot>>;
  readonly steps: Readonly<Record<StepId, Step>>;
  /** Title and phrasings that start it, in the languages it exists in. */
  readonly sentences: Sentences;
  readonly file: string;
}

/** The groups that a share can be about. */
export const GROUPS: readonly Group[] = ['girls', 'boys'];
/** How a figure can have changed. */
export const DIRECTIONS = ['up', 'down', 'same'] as const;

/** `quiz` → `dialog.quiz`: how a dialog is named where answers are. */
export function dialogName(id: DialogId): string {
  return `dialog.${id}`;
}

/** `dialog.quiz` → `quiz`; undefined for the id of an answer. */
export function dialogOf(name: string): DialogId | undefined {
  return name.startsWith('dialog.') ? name.slice('dialog.'.length) : undefined;
}

/** Key of a text of a dialog for i18next: `dialogs/quiz:texts.hello`. */
export function textKey(dialog: DialogId, key: TextKey): string {
  return `dialogs/${dialog}:texts.${key}`;
}

/** `dialogs/quiz` texts are present in this locale. */
export function existsIn(dialog: Dialog, locale: Locale): boolean {
  return (dialog.sentences[locale]?.length ?? 0) > 0;
}
