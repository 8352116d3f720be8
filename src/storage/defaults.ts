/** Silence after which a conversation is destroyed, in milliseconds, where nothing else is asked for. */
export const DEFAULT_SILENCE = 30 * 60 * 1000;

/** The time since 1970 in milliseconds, by a clock that does not jump when somebody sets the machine's clock. */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}
