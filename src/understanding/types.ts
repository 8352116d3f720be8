import type { AnswerId, AspectId, Group, Locale, TopicId } from '../knowledge/index.ts';

/** Who the message is about: the writer, a friend, one's own child, a pupil. */
export type Role = 'self' | 'friend' | 'child' | 'pupil';

/** Found in a message besides its intent. Nothing here identifies a person. */
export interface Entities {
  /** Calendar years, resolved ("last year" → 2025), ascending, without doubles. */
  readonly years: readonly number[];
  /** The message compares: "vs", "meer dan", "par rapport à". */
  readonly comparison: boolean;
  readonly group?: Group;
  readonly role?: Role;
  /** Chosen from role and an age in the message; the age itself is not kept. */
  readonly tone?: 'youth' | 'adult';
}

/** An answer that may fit, with its calibrated probability of being right (0–1). */
export interface Candidate {
  readonly id: AnswerId;
  readonly score: number;
}

/** Words that steer the conversation instead of asking something. */
export type Command = 'safe-word' | 'human' | 'back' | 'stop' | 'restart' | 'yes' | 'no' | 'not-meant';

export interface Understanding {
  /** Language of the message; the prior where the message itself does not tell. */
  readonly locale: Locale;
  readonly command?: Command;
  /** A `safety.*` answer that overrides everything else. */
  readonly safety?: Candidate;
  /** Best first; empty when nothing was said (no letters). */
  readonly candidates: readonly Candidate[];
  /** Topic and aspect that the message itself names, for follow-ups. */
  readonly topic?: TopicId;
  readonly aspect?: AspectId;
  readonly entities: Entities;
}
