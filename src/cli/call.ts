import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Exit code of a command that was called wrongly. */
export const WRONG_CALL = 2;

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>;

/**
 * Reads how a command was called. `--help` shows how to call it and ends with 0; an option or word that it does not know
 * ends with 2: nothing is done that was not asked for.
 *
 * @param use how to call it, one form a line
 * @param words how many words besides the options it takes at most
 */
export function readCall<const O extends Options>(use: string, options: O, words = 0): Parsed<O> {
  if (process.argv.slice(2).some((arg) => arg === '--help' || arg === '-h')) {
    console.log(use);
    process.exit(0);
  }
  try {
    const parsed = parseArgs({ options, allowPositionals: true });
    const tooMuch = parsed.positionals[words];
    if (tooMuch !== undefined) throw new Error(`"${tooMuch}" is too much here.`);
    return parsed;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${use}`);
    process.exit(WRONG_CALL);
  }
}
