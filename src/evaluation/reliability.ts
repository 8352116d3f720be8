import { FALLBACK } from '../knowledge/index.ts';
import type { Measured } from './measure.ts';

/** Answers whose score fell into one step of ten: how sure the bot was, and how often it was right. */
export interface ReliabilityStep {
  readonly from: number;
  readonly count: number;
  readonly meanScore: number;
  readonly right: number;
}

const STEPS = 10;

/** A reliable score is right as often as it says: compare `meanScore` with `right` in each step. */
export function reliability(measured: readonly Measured[]): readonly ReliabilityStep[] {
  const given = measured.filter(({ answer }) => answer !== null && answer !== FALLBACK);
  return Array.from({ length: STEPS }, (_, step) => {
    const inside = given.filter(({ score }) => Math.min(Math.floor(score * STEPS), STEPS - 1) === step);
    const mean = (value: (one: Measured) => number) =>
      inside.length === 0 ? 0 : inside.reduce((sum, one) => sum + value(one), 0) / inside.length;
    return {
      from: step / STEPS,
      count: inside.length,
      meanScore: mean(({ score }) => score),
      right: mean(({ right }) => (right ? 1 : 0)),
    };
  }).filter(({ count }) => count > 0);
}

/** Pairs of answers that were taken for one another, the most frequent first. */
export function confusions(
  measured: readonly Measured[],
): readonly { readonly pair: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { question, answer, right } of measured) {
    if (right || answer === null) continue;
    const pair = `${question.expect} → ${answer}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return [...counts].map(([pair, count]) => ({ pair, count })).sort((a, b) => b.count - a.count);
}
