/**
 * Nothing below this is shown, in no view and no export. Five is what statistical offices commonly use: a figure of one
 * to four, seen by somebody who knows a class or a village, can point at a person.
 */
export const LEAST_SHOWN = 5;
/**
 * Everything shown is rounded to a multiple of this, so that no hidden figure of one to three follows from subtracting
 * shown ones. A four can follow, in the rare case that everything beside it was rounded down as far as it goes.
 */
export const ROUNDED_TO = 5;
/** Shares of fewer than this say nothing, and would give back what the rounding hides. */
export const LEAST_BASE = 20;

/** A figure as it may be shown: a multiple of five, or `undefined` for "fewer than 5" (nought included). */
export type Shown = number | undefined;

/** Every figure of every page and export goes through this, each for itself: totals too, which are not sums of shown ones. */
export function shown(count: number): Shown {
  return count < LEAST_SHOWN ? undefined : Math.round(count / ROUNDED_TO) * ROUNDED_TO;
}

/** A share in percent, to the nearest five; `undefined` where the base is small. */
export function shownShare(part: number, whole: number): Shown {
  return whole < LEAST_BASE ? undefined : Math.round((100 * part) / whole / ROUNDED_TO) * ROUNDED_TO;
}
