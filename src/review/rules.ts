import { basename } from 'node:path';
import { z } from 'zod';
import { type Locale, type Problem, parseYaml, type TextFile } from '../knowledge/index.ts';

const list = z.array(z.string().trim().min(1, 'text-empty'));
const count = z.int().min(1);

const rulesSchema = z.strictObject({
  phrasings: count,
  sentenceWords: count,
  reviewMonths: z.strictObject({ answers: count, contacts: count }),
  source: z.string(),
});

const wordsSchema = z.strictObject({
  discouraged: z
    .array(z.strictObject({ words: list.min(1), instead: z.string(), except: list.default([]) }))
    .default([]),
  notFigures: z.strictObject({ after: list.default([]), before: list.default([]) }).default({
    after: [],
    before: [],
  }),
  numbers: list.default([]),
});

/** What the review expects, from `knowledge/rules.yaml`. Months, words and numbers of phrasings. */
export type Rules = z.output<typeof rulesSchema>;
/** Words of one language that the review looks for, from `knowledge/words/`. */
export type Words = z.output<typeof wordsSchema>;

export interface Standards {
  readonly rules: Rules;
  readonly words: Readonly<Record<Locale, Words>>;
}

export type ReadStandards =
  | { readonly ok: true; readonly standards: Standards }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const RULES = 'knowledge/rules.yaml';

/** Reads rules and words from files that were read before. */
export function readStandards(files: readonly TextFile[]): ReadStandards {
  const problems: Problem[] = [];
  const parse = <S extends z.ZodType>(file: TextFile, schema: S): z.output<S> | undefined => {
    const parsed = parseYaml(file, schema);
    if (parsed.ok) return parsed.value.data;
    problems.push(...parsed.problems);
    return undefined;
  };
  const file = files.find(({ path }) => path === RULES) ?? { path: RULES, text: '' };
  const rules = parse(file, rulesSchema);
  const words = files
    .filter(({ path }) => /^knowledge\/words\/[a-z]+\.yaml$/.test(path))
    .map((one): [Locale, Words | undefined] => [basename(one.path, '.yaml'), parse(one, wordsSchema)]);
  if (!rules || problems.length > 0) return { ok: false, problems };
  const known = words.filter((entry): entry is [Locale, Words] => entry[1] !== undefined);
  return { ok: true, standards: { rules, words: Object.fromEntries(known) } };
}
