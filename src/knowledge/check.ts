import type { LocatedAnswer } from './answers.ts';
import { sameness } from './edit.ts';
import { fieldName } from './parse.ts';
import { brokenReferences } from './references.ts';
import type { Knowledge, Problem } from './types.ts';

type Checked = Pick<Knowledge, 'answers' | 'contacts' | 'series' | 'sources' | 'topics' | 'locales'>;

/** Checks that hold between files: every name used exists, titles and phrasings belong to one answer only. */
export function checkAcross(located: readonly LocatedAnswer[], knowledge: Checked): Problem[] {
  return [
    ...located.flatMap((one) => [...checkNames(one, knowledge), ...checkBody(one, knowledge)]),
    ...checkUnique(located),
    ...checkComplete(knowledge),
    ...checkFigures(knowledge),
  ];
}

function checkNames({ answer, locate }: LocatedAnswer, knowledge: Checked): Problem[] {
  const fields = [
    ['quickReplies', answer.quickReplies, knowledge.answers, 'answer'],
    ['contacts', answer.contacts, knowledge.contacts, 'contact'],
    ['figures', answer.figures, knowledge.series, 'series of figures'],
    ['sources', answer.sources, knowledge.sources, 'source'],
  ] as const;
  return fields.flatMap(([field, names, known, what]) =>
    names.flatMap((name, i): Problem[] =>
      name in known
        ? []
        : [
            {
              severity: 'error',
              file: answer.file,
              ...locate([field, i]),
              field: fieldName([field, i]),
              message: `There is no ${what} called "${name}".`,
              mend: `Correct the name, or remove it from the list. ${nearestName(name, Object.keys(known))}`.trim(),
            },
          ],
    ),
  );
}

/** "Did you mean …?" for a name that shares its beginning or end with a known one. */
function nearestName(name: string, known: readonly string[]): string {
  const near = known.filter((one) => one.startsWith(name.slice(0, 4)) || one.endsWith(name.slice(-5)));
  return near.length > 0 ? `Did you mean ${near.slice(0, 3).join(' or ')}?` : '';
}

function checkBody({ answer, bodyLine }: LocatedAnswer, knowledge: Checked): Problem[] {
  return brokenReferences(answer.body, answer.locale, knowledge).map(({ reference, index }) => {
    const before = answer.body.slice(0, index).split('\n');
    return {
      severity: 'error',
      file: answer.file,
      line: bodyLine + before.length - 1,
      column: (before.at(-1)?.length ?? 0) + 1,
      field: 'text',
      message: `${reference} does not stand for a figure or contact that exists.`,
      mend: 'Check the name and the year in knowledge/figures or knowledge/contacts.yaml, and the language of the contact.',
    };
  });
}

function checkUnique(located: readonly LocatedAnswer[]): Problem[] {
  const problems: Problem[] = [];
  const titles = new Map<string, LocatedAnswer>();
  const phrasings = new Map<string, LocatedAnswer>();
  for (const one of located) {
    const { answer, locate } = one;
    const claim = (
      taken: Map<string, LocatedAnswer>,
      text: string,
      path: readonly (string | number)[],
      what: string,
    ) => {
      const key = `${answer.locale} ${sameness(text)}`;
      const other = taken.get(key);
      if (other && other.answer.id !== answer.id) {
        problems.push({
          severity: 'error',
          file: answer.file,
          ...locate(path),
          field: fieldName(path),
          message: `The ${what} "${text}" also stands in ${other.answer.file}.`,
          mend: 'Keep it where it fits best and remove it from the other file.',
        });
      } else taken.set(key, one);
    };
    claim(titles, answer.title, ['title'], 'title');
    answer.phrasings.forEach((phrasing, i) => {
      claim(phrasings, phrasing, ['phrasings', i], 'phrasing');
    });
  }
  return problems;
}

function checkComplete({ answers, locales }: Checked): Problem[] {
  return Object.entries(answers).flatMap(([id, inLocales]) =>
    locales
      .filter((locale) => !(locale in inLocales))
      .map((locale): Problem => {
        const [present] = Object.values(inLocales);
        const file = present?.file.replace(/\.[a-z]+\.md$/, `.${locale}.md`) ?? `knowledge/answers/${id}`;
        return {
          severity: 'warning',
          file,
          line: 1,
          column: 1,
          message: `The answer ${id} does not exist in the language ${locale} yet.`,
          mend: 'Write this file. Until then the bot gives the answer in another language, and says so.',
        };
      }),
  );
}

function checkFigures({ series, sources, topics }: Checked): Problem[] {
  const problem = (file: string, field: string, message: string, mend: string): Problem => ({
    severity: 'error',
    file,
    line: 1,
    column: 1,
    field,
    message,
    mend,
  });
  const ofSeries = Object.values(series).flatMap((one) =>
    [...one.values, ...one.shares].flatMap(({ source, year }) =>
      source in sources
        ? []
        : [
            problem(
              one.file,
              `values of ${year}`,
              `There is no source called "${source}".`,
              'Add it to knowledge/sources.yaml, or correct the name.',
            ),
          ],
    ),
  );
  const ofTopics = Object.values(topics).flatMap((topic) =>
    topic.series === undefined || topic.series in series
      ? []
      : [
          problem(
            'knowledge/topics.yaml',
            `topics.${topic.id}.series`,
            `There is no series of figures called "${topic.series}".`,
            'Correct the name, or add the file to knowledge/figures.',
          ),
        ],
  );
  return [...ofSeries, ...ofTopics];
}
