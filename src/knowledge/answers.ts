import { sameness } from './edit.ts';
import type { TextFile } from './files.ts';
import { isForbiddenName, type Located, parseYaml } from './parse.ts';
import { type ProblemCode, problem } from './problem.ts';
import { answerSchema } from './schemas.ts';
import type { Answer, Problem } from './types.ts';

/** An answer with the places of its fields, for the checks across files. */
export interface LocatedAnswer {
  readonly answer: Answer;
  readonly locate: Located<unknown>['locate'];
  /** Line of the file on which the body begins. */
  readonly bodyLine: number;
  /** The phrasings as they are compared with others, see `sameness`. */
  readonly phrasingKeys: readonly string[];
}

/** `knowledge/answers/grooming/signs.nl.md` → id `grooming.signs`, locale `nl`; `answers/fallback.nl.md` → `fallback`. */
const PATH = /^knowledge\/answers\/(?:([a-z-]+)\/)?([a-z-]+)\.([a-z]{2,3})\.md$/;
const FRONT_MATTER = /^\uFEFF?---\n([\s\S]*?)\n---\n?([\s\S]*)$/;

function error(file: string, code: ProblemCode, line = 1): { readonly problems: readonly Problem[] } {
  return { problems: [problem('error', code, { file, line })] };
}

/** Reads one answer: YAML front matter between two lines `---`, then the text. */
export function parseAnswer(file: TextFile): LocatedAnswer | { readonly problems: readonly Problem[] } {
  const [, topic, aspect = '', locale = ''] = PATH.exec(file.path) ?? [];
  if (aspect === '' || isForbiddenName(aspect) || isForbiddenName(topic ?? '')) {
    return error(file.path, 'file-name');
  }
  const match = FRONT_MATTER.exec(file.text);
  if (!match) return error(file.path, 'no-settings');
  const [, frontMatter = '', rest = ''] = match;
  const parsed = parseYaml({ path: file.path, text: frontMatter }, answerSchema, 2);
  if (!parsed.ok) return { problems: parsed.problems };
  const body = rest.trim();
  const blank = rest.length - rest.trimStart().length;
  const bodyLine = frontMatter.split('\n').length + 3 + rest.slice(0, blank).split('\n').length - 1;
  if (body === '') return error(file.path, 'no-text', bodyLine);
  return {
    answer: {
      id: topic === undefined ? aspect : `${topic}.${aspect}`,
      locale,
      ...parsed.value.data,
      body,
      file: file.path,
    },
    locate: parsed.value.locate,
    bodyLine,
    phrasingKeys: parsed.value.data.phrasings.map(sameness),
  };
}
