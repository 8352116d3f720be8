import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { inLanguage, type Locale, loadKnowledge, type Problem, STAFF_LANGUAGES } from '../knowledge/index.ts';

/** What is wrong in the files as they lie on the disk at this moment, in the words of a language. */
export interface Checks {
  /** What keeps files from being used, and what is missing. */
  quick(locale: Locale): Promise<readonly Problem[]>;
  /** Also what a careful reader would find. Takes seconds, in a process of its own: the bot goes on talking. */
  full(locale: Locale): Promise<readonly Problem[]>;
}

const COMMAND = join(import.meta.dirname, '..', 'cli', 'knowledge.ts');
const MAX_OUTPUT = 20_000_000;

function languageFor(locale: Locale) {
  return STAFF_LANGUAGES.find((one) => one === locale) ?? 'en';
}

/** @param root the project's root */
export function createChecks(root: string): Checks {
  /** One at a time for each language, however often the page is asked for. */
  const running = new Map<string, Promise<readonly Problem[]>>();

  function runFull(language: string): Promise<readonly Problem[]> {
    return new Promise((resolve, reject) => {
      const args = [COMMAND, 'check', '--json', '--lang', language, '--root', root];
      // The exit code tells of errors in the files; what it prints tells of them too.
      execFile(process.execPath, args, { maxBuffer: MAX_OUTPUT }, (error, stdout, stderr) => {
        try {
          resolve((JSON.parse(stdout) as { readonly problems: readonly Problem[] }).problems);
        } catch {
          reject(new Error(`The check could not be run: ${stderr || String(error)}`));
        }
      });
    });
  }

  return {
    async quick(locale) {
      const loaded = await loadKnowledge(root);
      const problems = loaded.ok ? loaded.warnings : loaded.problems;
      return problems.map((one) => inLanguage(one, languageFor(locale)));
    },
    full(locale) {
      const language = languageFor(locale);
      const check = running.get(language) ?? runFull(language).finally(() => running.delete(language));
      running.set(language, check);
      return check;
    },
  };
}
