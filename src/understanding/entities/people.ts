import type { Group } from '../../knowledge/index.ts';
import type { Mention } from '../lexicon.ts';
import type { Role } from '../types.ts';

/** What the message speaks of. */
export type Concepts = ReadonlySet<string>;

export function conceptsOf(mentions: readonly Mention[]): Concepts {
  return new Set(mentions.map((mention) => mention.concept));
}

const GROUPS: readonly Group[] = ['girls', 'boys'];

/** Girls, boys or both, as named in the message. */
export function findGroups(concepts: Concepts): readonly Group[] {
  return GROUPS.filter((group) => concepts.has(group));
}

/** Whom the message is about. The nearest tie wins: "my friend's daughter and I" is about a child. */
export function findRole(concepts: Concepts): Role | undefined {
  if (concepts.has('child')) return 'child';
  if (concepts.has('pupil') && concepts.has('teacher')) return 'pupil';
  if (concepts.has('friend') || concepts.has('sibling')) return 'friend';
  if (concepts.has('me')) return 'self';
  return undefined;
}

/** Whether to speak as to a young person or to an adult. The age in the message decides here and is dropped. */
export function findTone(concepts: Concepts, role: Role | undefined): 'youth' | 'adult' | undefined {
  if (role === 'child' || role === 'pupil' || concepts.has('parent')) return 'adult';
  if (concepts.has('age-minor') && role === 'self') return 'youth';
  return undefined;
}

/** "2017 vs 2018", "meer dan", "par rapport à": the message compares. */
export function isComparison(concepts: Concepts, years: readonly number[]): boolean {
  return years.length > 1 || concepts.has('trend') || concepts.has('differ');
}
