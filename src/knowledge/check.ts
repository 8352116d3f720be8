import type { LocatedAnswer } from './answers.ts';
import { dialogOf } from './dialogs/index.ts';
import { sameness } from './edit.ts';
import { fieldName, type Path } from './parse.ts';
import { nearestNames, type ProblemCode, problem } from './problem.ts';
import { brokenReferences } from './references.ts';
import type { Knowledge, Problem } from './types.ts';

type Checked = Pick<Knowledge, 'answers' | 'contacts' | 'series' | 'sources' | 'topics' | 'locales'>;
type Locate = (path: Path) => { readonly line: number; readonly column: number };

/** A name in one file that must exist in another. */
export interface NameUse {
  readonly kind: 'answer' | 'contact' | 'series' | 'source' | 'topic';
  readonly name: string;
  readonly file: string;
  readonly path: Path;
  readonly locate: Locate;
}

/**
 * Checks that hold between files: every name used exists, titles and phrasings belong to one answer only.
 *
 * @param uses names used by the files that are no answers
 * @param unread names of answers and series whose files could not be read: whoever uses them is not at fault
 */
export function checkAcross(
  located: readonly LocatedAnswer[],
  uses: readonly NameUse[],
  unread: ReadonlySet<string>,
  knowledge: Checked,
): Problem[] {
  return [
    ...[...located.flatMap(usesOf), ...uses]
      .filter(({ name }) => !unread.has(name))
      .flatMap((use) => checkName(use, knowledge)),
    ...located.flatMap((one) => checkBody(one, unread, knowledge)),
    ...checkUnique(located),
    ...checkLocales(located, knowledge),
    ...checkComplete(knowledge),
  ];
}

function usesOf({ answer, locate }: LocatedAnswer): NameUse[] {
  const fields = [
    ['quickReplies', answer.quickReplies, 'answer'],
    ['contacts', answer.contacts, 'contact'],
    ['figures', answer.figures, 'series'],
    ['sources', answer.sources, 'source'],
  ] as const;
  // Names of dialogs are checked where the dialogs are read: a wrong one costs a button, not the answer.
  return fields.flatMap(([field, names, kind]) =>
    names
      .map((name, i) => ({ kind, name, file: answer.file, path: [field, i], locate }))
      .filter(({ name }) => dialogOf(name) === undefined),
  );
}

function checkName({ kind, name, file, path, locate }: NameUse, knowledge: Checked): Problem[] {
  const known = {
    answer: knowledge.answers,
    contact: knowledge.contacts,
    series: knowledge.series,
    source: knowledge.sources,
    topic: knowledge.topics,
  }[kind];
  if (Object.hasOwn(known, name)) return [];
  const code: ProblemCode = `unknown-${kind}`;
  return [
    problem(
      'error',
      code,
      { file, ...locate(path), field: fieldName(path), text: name },
      { name, near: nearestNames(name, Object.keys(known)) },
    ),
  ];
}

/** Where in the file a place of the answer's text stands. */
export function placeInBody({ answer, bodyLine }: LocatedAnswer, index: number) {
  const before = answer.body.slice(0, index).split('\n');
  return {
    file: answer.file,
    line: bodyLine + before.length - 1,
    column: (before.at(-1)?.length ?? 0) + 1,
  };
}

function checkBody(one: LocatedAnswer, unread: ReadonlySet<string>, knowledge: Checked): Problem[] {
  const { answer } = one;
  const broken = brokenReferences(answer.body, answer.locale, knowledge).filter(
    ({ reference }) => !reference.split(/[\s{}]+/).some((word) => unread.has(word)),
  );
  return broken.map(({ reference, index }) =>
    problem(
      'error',
      'dead-reference',
      { ...placeInBody(one, index), field: 'text', text: reference },
      { reference },
    ),
  );
}

function checkUnique(located: readonly LocatedAnswer[]): Problem[] {
  const problems: Problem[] = [];
  const titles = new Map<string, LocatedAnswer>();
  const phrasings = new Map<string, LocatedAnswer>();
  for (const one of located) {
    const { answer, locate, phrasingKeys } = one;
    const claim = (
      taken: Map<string, LocatedAnswer>,
      same: string,
      text: string,
      path: readonly (string | number)[],
      code: ProblemCode,
    ) => {
      const key = `${answer.locale} ${same}`;
      const other = taken.get(key);
      if (other && other.answer.id !== answer.id) {
        const place = { file: answer.file, ...locate(path), field: fieldName(path), text };
        problems.push(problem('error', code, place, { text, other: other.answer.file }));
      } else taken.set(key, one);
    };
    claim(titles, sameness(answer.title), answer.title, ['title'], 'title-twice');
    answer.phrasings.forEach((phrasing, i) => {
      claim(phrasings, phrasingKeys[i] as string, phrasing, ['phrasings', i], 'phrasing-twice');
    });
  }
  return problems;
}

/** Files in a language that the bot does not offer. */
function checkLocales(located: readonly LocatedAnswer[], { locales }: Checked): Problem[] {
  return located
    .filter(({ answer }) => !locales.includes(answer.locale))
    .map(({ answer: { file, locale } }) => problem('warning', 'unused-language', { file }, { locale }));
}

function checkComplete({ answers, locales }: Checked): Problem[] {
  return Object.entries(answers).flatMap(([id, inLocales]) =>
    locales
      .filter((locale) => !Object.hasOwn(inLocales, locale))
      .map((locale): Problem => {
        const [present] = Object.values(inLocales);
        const file = present?.file.replace(/\.[a-z]+\.md$/, `.${locale}.md`) ?? `knowledge/answers/${id}`;
        return problem('warning', 'missing-translation', { file }, { id, locale });
      }),
  );
}
