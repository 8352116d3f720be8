import type { Config } from '../config.ts';

/** What a check found. `note`: nothing is wrong, but an administrator should know. */
export interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'note' | 'warning' | 'error';
  readonly message: string;
  /** What to do about it. */
  readonly mend?: string;
}

/** What is looked at. */
export interface Patient {
  /** The project's folder. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly config: Config;
  readonly now: () => number;
}

/** Looks at one thing. Must not change anything and must not throw. */
export type Check = (patient: Patient) => Promise<readonly Finding[]> | readonly Finding[];

/** Findings of one check, told shortly. */
export function reporter(check: string) {
  const finding =
    (state: Finding['state']) =>
    (message: string, mend?: string): Finding => ({
      check,
      state,
      message,
      ...(mend !== undefined && { mend }),
    });
  return {
    ok: finding('ok'),
    note: finding('note'),
    warning: finding('warning'),
    error: finding('error'),
  };
}
