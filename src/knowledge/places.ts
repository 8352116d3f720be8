import type { TextFile } from './files.ts';
import { problem } from './problem.ts';
import type { Problem } from './types.ts';

/** `knowledge/calls/nl/safety.crisis.txt`: the language, and the answer that is right for these messages, one a line. */
export const CALL_LIST = /^knowledge\/calls\/([^/]+)\/([^/]+)\.txt$/;
const CALLS = 'knowledge/calls/';

/** Files of one language, which their path names. Answers say themselves which language they are in. */
const OF_ONE_LANGUAGE = [
  CALL_LIST,
  /^knowledge\/(?:lexicon|words)\/([^/]+)\.yaml$/,
  /^locales\/([^/]+)\/[^/]+\.json$/,
];

/** Where each kind of file of `knowledge/` lies. Answers say themselves what is wrong with their name. */
const PLACES = [
  /^knowledge\/(topics|contacts|sources|rules)\.yaml$/,
  /^knowledge\/figures\/[^/]+\.yaml$/,
  /^knowledge\/answers\/.+\.md$/,
  ...OF_ONE_LANGUAGE,
];

/**
 * Files under `knowledge/` that lie where nothing reads them, and files in a language that the bot does not offer.
 * A misplaced list of calls for help is an error: without it, the bot would not hear those who write like that.
 */
export function misplacedFiles(files: readonly TextFile[], locales: readonly string[]): Problem[] {
  return files.flatMap(({ path: file }) => {
    const locale = OF_ONE_LANGUAGE.map((place) => place.exec(file)?.[1]).find((one) => one !== undefined);
    if (locale !== undefined && !locales.includes(locale))
      return problem('warning', 'unused-language', { file }, { locale });
    if (!file.startsWith('knowledge/') || PLACES.some((place) => place.test(file))) return [];
    return file.startsWith(CALLS)
      ? problem('error', 'misplaced-calls', { file })
      : problem('warning', 'misplaced', { file });
  });
}
