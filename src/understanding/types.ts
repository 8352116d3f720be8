import type { AnswerId, AspectId, ChoiceId, Group, Locale, Option, TopicId } from '../knowledge/index.ts';

/** Who the message is about: the writer, a friend, one's own child, a pupil. */
export type Role = 'self' | 'friend' | 'child' | 'pupil';

/** Found in a message besides its intent. Nothing here identifies a person. */
export interface Entities {
  /** Calendar years, resolved ("last year" → 2025), ascending, without doubles. */
  readonly years: readonly number[];
  /** The message compares: "vs", "meer dan", "par rapport à". */
  readonly comparison: boolean;
  /** Girls, boys or both, as named. */
  readonly groups: readonly Group[];
  readonly role?: Role;
  /** Chosen from role and an age in the message; the age itself is not kept. */
  readonly tone?: 'youth' | 'adult';
}

/** An answer that may fit, with its calibrated probability of being right (0–1). */
export interface Candidate {
  readonly id: AnswerId;
  readonly score: number;
}

/** What the understanding is told besides the words. */
export interface Setting {
  /** Language of the conversation so far, or of the page. */
  readonly locale?: Locale;
  /** For "last year". */
  readonly now: Date;
  /** What the question asked by a dialog lets people choose. */
  readonly options?: readonly Option[];
}

/** Which of the options a message chooses, and how that was seen. */
export interface ChoiceMade {
  readonly id: ChoiceId;
  /** Language in which it was chosen. */
  readonly locale: Locale;
  /** `label`: its button, letter by letter; `sentence`: a sentence staff wrote for it; `words`: some words point to it. */
  readonly by: 'label' | 'sentence' | 'words';
  /** Share of the message that the choice accounts for, 0–1. */
  readonly share: number;
}

/** Words that steer the conversation instead of asking something. */
export type Command =
  | 'safe-word'
  | 'human'
  | 'back'
  | 'stop'
  | 'restart'
  | 'resume'
  | 'yes'
  | 'no'
  | 'not-meant';

export interface Understanding {
  /** Language of the message; the prior where the message itself does not tell. */
  readonly locale: Locale;
  /** How probable each language is, 0–1. */
  readonly locales: Readonly<Record<Locale, number>>;
  readonly command?: Command;
  /** A `safety.*` answer that overrides everything else. */
  readonly safety?: Candidate;
  /** Which of the options offered by a dialog was chosen. */
  readonly choice?: ChoiceMade;
  /** Best first; empty when nothing was said (no letters). A sentence that starts a dialog gives `dialog.<id>`. */
  readonly candidates: readonly Candidate[];
  /** Topic that the message itself names. */
  readonly topic?: TopicId;
  /** Aspect that the message asks about, whatever the topic. */
  readonly aspect?: AspectId;
  /** The message leans on what was said before: "and in 2017?", "et chez les garçons ?". */
  readonly elliptical: boolean;
  /** The message holds the address of a web page. It is not read, opened or kept. */
  readonly holdsLink: boolean;
  readonly entities: Entities;
}
