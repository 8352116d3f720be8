import type { Answer } from '../knowledge/index.ts';
import { normalise } from '../understanding/index.ts';

/** A phrasing of an answer, and how much of it a question shares (0–1). */
export interface Nearest {
  readonly phrasing: string;
  readonly likeness: number;
}

const GRAM = 4;

/** Words, and the pieces of words that keep their likeness through typing errors. */
function signs(text: string): ReadonlySet<string> {
  const words = normalise(text)
    .split(' ')
    .filter((word) => word !== '');
  const pieces = words.flatMap((word) => {
    const padded = ` ${word} `;
    const count = Math.max(padded.length - GRAM + 1, 1);
    return Array.from({ length: count }, (_, i) => padded.slice(i, i + GRAM));
  });
  return new Set([...words.map((word) => `=${word}`), ...pieces]);
}

/** Dice's coefficient: twice what both share, divided by what both have. */
export function likeness(a: string, b: string): number {
  const [left, right] = [signs(a), signs(b)];
  if (left.size + right.size === 0) return 0;
  const shared = [...left].filter((sign) => right.has(sign)).length;
  return (2 * shared) / (left.size + right.size);
}

/** The phrasings of an answer that look most like a question, best first; none that shares nothing. */
export function nearestPhrasings(question: string, answer: Answer, count: number): readonly Nearest[] {
  return [answer.title, ...answer.phrasings]
    .map((phrasing) => ({ phrasing, likeness: likeness(question, phrasing) }))
    .filter((one) => one.likeness > 0)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, count);
}
