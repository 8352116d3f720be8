import { eld } from 'eld/small';
import type { Locale } from '../knowledge/index.ts';

/** Probability of each locale, from the letters alone. */
export type LanguageGuess = (text: string) => Readonly<Record<Locale, number>>;

/** Evidence of n-grams grows with the text; scores of `eld` differ by hundredths, so they are sharpened. */
const SHARPNESS = 8;

/**
 * Language detection restricted to the locales present.
 *
 * @returns a function giving equal shares where the text says nothing (numbers, emoji, names)
 */
export function createLanguageGuess(locales: readonly Locale[]): LanguageGuess {
  const detector = eld.newInstance();
  detector.setLanguageSubset([...locales]);
  return (text) => {
    const scores = detector.detect(text).getScores();
    const raised = locales.map((locale) => Math.exp(SHARPNESS * (scores[locale] ?? 0)));
    const sum = raised.reduce((a, b) => a + b, 0);
    return Object.fromEntries(locales.map((locale, i) => [locale, (raised[i] as number) / sum]));
  };
}
