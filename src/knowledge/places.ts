import type { TextFile } from './files.ts';
import { problem } from './problem.ts';
import type { Problem } from './types.ts';

/** `knowledge/calls/nl/safety.crisis.txt`: the language, and the answer that is right for these messages, one a line. */
export const CALL_LIST = /^knowledge\/calls\/([^/]+)\/([^/]+)\.txt$/;
const CALLS = 'knowledge/calls/';

/** Where each kind of file lies. Answers say themselves what is wrong with their name. */
const PLACES = [
  /^knowledge\/(topics|contacts|sources|rules)\.yaml$/,
  /^knowledge\/figures\/[^/]+\.yaml$/,
  /^knowledge\/(lexicon|words)\/[^/]+\.yaml$/,
  /^knowledge\/answers\/.+\.md$/,
  CALL_LIST,
];

/**
 * Files under `knowledge/` that lie where nothing reads them, and lists of calls in a language that the bot does not
 * offer. A misplaced list of calls for help is an error: without it, the bot
 * would not hear those who write like that.
 */
export function misplacedFiles(files: readonly TextFile[], locales: readonly string[]): Problem[] {
  return files
    .map(({ path }) => path)
    .filter((path) => path.startsWith('knowledge/'))
    .flatMap((file) => {
      const [, locale] = CALL_LIST.exec(file) ?? [];
      if (locale !== undefined && !locales.includes(locale))
        return problem('warning', 'unused-language', { file }, { locale });
      if (PLACES.some((place) => place.test(file))) return [];
      return file.startsWith(CALLS)
        ? problem('error', 'misplaced-calls', { file })
        : problem('warning', 'misplaced', { file });
    });
}
