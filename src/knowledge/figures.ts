import type { FigureValue, Group, Series } from './types.ts';

/** How a series changed between two years. */
export interface Change {
  readonly from: FigureValue;
  readonly to: FigureValue;
  readonly direction: 'up' | 'down' | 'same';
  /** Size of the change, never negative. */
  readonly difference: number;
  /** Size of the change in percent of the earlier value, never negative; undefined when that value is 0. */
  readonly percent: number | undefined;
  /** Later value divided by the earlier one; undefined when that value is 0. */
  readonly factor: number | undefined;
}

export function valueIn(series: Series, year: number): FigureValue | undefined {
  return series.values.find((value) => value.year === year);
}

export function latestValue(series: Series): FigureValue | undefined {
  return series.values.at(-1);
}

export function shareIn(series: Series, group: Group, year: number): number | undefined {
  return series.shares.find((share) => share.group === group && share.year === year)?.percent;
}

/** @returns undefined where one of the two years has no value */
export function changeBetween(series: Series, fromYear: number, toYear: number): Change | undefined {
  const from = valueIn(series, fromYear);
  const to = valueIn(series, toYear);
  if (!from || !to) return undefined;
  const difference = to.value - from.value;
  return {
    from,
    to,
    direction: difference > 0 ? 'up' : difference < 0 ? 'down' : 'same',
    difference: Math.abs(difference),
    percent: from.value === 0 ? undefined : (Math.abs(difference) / from.value) * 100,
    factor: from.value === 0 ? undefined : to.value / from.value,
  };
}

/** The years with data nearest to a year without, at most `count`, ascending. */
export function nearestYears(series: Series, year: number, count: number): readonly number[] {
  return series.values
    .map((value) => value.year)
    .sort((a, b) => Math.abs(a - year) - Math.abs(b - year))
    .slice(0, count)
    .sort((a, b) => a - b);
}
