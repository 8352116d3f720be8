import fc from 'fast-check';
import { filesTarget } from './files.ts';
import { httpTarget } from './http.ts';
import { messagesTarget } from './messages.ts';
import { framesTarget, requestBytesTarget } from './sockets.ts';
import { tokenTarget } from './tokens.ts';
import type { Prey, Target } from './types.ts';

/** What came of throwing so many cases at one part. */
export interface Finding {
  readonly target: string;
  readonly cases: number;
  /** What broke, with the smallest case that breaks it. */
  readonly broken?: string;
}

export function targetsOf(prey: Prey): Target[] {
  return [httpTarget, tokenTarget, requestBytesTarget, framesTarget, messagesTarget, filesTarget].map(
    (make) => make(prey),
  );
}

/**
 * Throws so many cases at one part, the same ones for the same seed. An error that nobody caught counts as a crash,
 * whoever it belongs to.
 */
export async function throwAt(target: Target, cases: number, seed: number): Promise<Finding> {
  const crashes: string[] = [];
  const onCrash = (error: unknown) =>
    void crashes.push(error instanceof Error ? (error.stack ?? '') : String(error));
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);
  const result = await fc.check(target.property, {
    seed,
    numRuns: Math.ceil(cases / target.weight),
    // What was found once is enough; shrinking it over real connections takes long.
    endOnFailure: target.weight > 1,
  });
  process.off('uncaughtException', onCrash);
  process.off('unhandledRejection', onCrash);
  const broken = [
    ...(result.failed
      ? [`${String(result.errorInstance)}\ncase: ${fc.stringify(result.counterexample)}`]
      : []),
    ...crashes.map((crash) => `a crash: ${crash}`),
  ];
  return {
    target: target.name,
    cases: result.numRuns * target.weight,
    ...(broken.length > 0 && { broken: broken.join('\n') }),
  };
}
