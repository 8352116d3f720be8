import { changeBetween, type Guess, type Knowledge, shareIn, valueIn } from '../../knowledge/index.ts';

/** What can be guessed: a number, or a word of the dialog (`up`, `girls`). */
export type Guessable =
  | { readonly kind: 'number'; readonly value: number; readonly right: boolean }
  | { readonly kind: 'word'; readonly id: string; readonly right: boolean };

/** The wrong numbers, as multiples of the right one. Which pair is taken depends on series and year, so that the right one is not always in the same place. */
const FACTORS: readonly (readonly [number, number])[] = [
  [0.43, 1.9],
  [1.7, 2.9],
  [0.31, 0.58],
];

/** The same for the same series and year, on every machine. */
function pairFor(series: string, year: number): readonly [number, number] {
  const sum = [...series].reduce((total, letter) => total + letter.charCodeAt(0), year);
  return FACTORS[sum % FACTORS.length] ?? [0.5, 2];
}

/** Three different numbers in ascending order, the right one among them. */
function numbersAround(value: number, factors: readonly [number, number]): readonly number[] {
  const numbers = new Set([value]);
  for (const factor of factors) {
    let wrong = Math.round(value * factor);
    while (numbers.has(wrong)) wrong++;
    numbers.add(wrong);
  }
  return [...numbers].sort((a, b) => a - b);
}

/**
 * What people may guess, worked out from the data as they are now.
 *
 * @returns an empty list where the data are missing
 */
export function guessables(guess: Guess, { series: all }: Pick<Knowledge, 'series'>): readonly Guessable[] {
  const series = all[guess.series];
  if (!series) return [];
  switch (guess.kind) {
    case 'value': {
      const value = valueIn(series, guess.year)?.value;
      if (value === undefined) return [];
      return numbersAround(value, pairFor(guess.series, guess.year)).map((one) => ({
        kind: 'number',
        value: one,
        right: one === value,
      }));
    }
    case 'change': {
      const direction = changeBetween(series, guess.from, guess.to)?.direction;
      if (direction === undefined) return [];
      return (['up', 'down', 'same'] as const).map((id) => ({ kind: 'word', id, right: id === direction }));
    }
    case 'share': {
      const girls = shareIn(series, 'girls', guess.year);
      const boys = shareIn(series, 'boys', guess.year);
      if (girls === undefined || boys === undefined) return [];
      return [
        { kind: 'word', id: 'girls', right: girls >= boys },
        { kind: 'word', id: 'boys', right: boys >= girls },
      ];
    }
  }
}
