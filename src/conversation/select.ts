import { type AnswerId, FALLBACK } from '../knowledge/index.ts';
import type { Candidate } from '../understanding/index.ts';

/** What to do with the ranked answers. */
export type Selection =
  | { readonly kind: 'answer'; readonly candidate: Candidate }
  | { readonly kind: 'choices'; readonly ids: readonly AnswerId[] }
  | { readonly kind: 'none'; readonly score: number };

/** Probability from which the best answer is given. Found with `npm run evaluate -- --tune`. */
const SURE = 0.35;
/** Below SURE, the best answers together must reach this to be offered as a choice. */
const WORTH_ASKING = 0.45;
/** A choice offers no answer below this. */
const WORTH_OFFERING = 0.1;
const MAX_CHOICES = 3;

/** Some answers are never offered as "do you mean …?": they are given when sure, or not at all. */
function canBeOffered(id: AnswerId): boolean {
  return id !== FALLBACK && !id.startsWith('safety.') && id !== 'chat.insult';
}

/**
 * Gives the best answer when it is sure enough, asks back when a few are close, else admits that nothing fits.
 *
 * @param candidates best first
 */
export function select(candidates: readonly Candidate[]): Selection {
  const best = candidates[0];
  if (!best) return { kind: 'none', score: 0 };
  if (best.id === FALLBACK) return { kind: 'none', score: best.score };
  if (best.score >= SURE) return { kind: 'answer', candidate: best };
  const offered = candidates
    .filter(({ id, score }) => canBeOffered(id) && score >= WORTH_OFFERING)
    .slice(0, MAX_CHOICES);
  const together = offered.reduce((sum, { score }) => sum + score, 0);
  if (offered.length > 1 && together >= WORTH_ASKING) {
    return { kind: 'choices', ids: offered.map(({ id }) => id) };
  }
  return { kind: 'none', score: best.score };
}
