import {
  fill,
  type Knowledge,
  messagesIn,
  type ReviewState,
  type StaffLanguage,
} from '../knowledge/index.ts';

const LETTERS: Readonly<Record<ReviewState, string>> = { approved: 'A', 'to-confirm': 'C', draft: 'D' };
const STATES = ['approved', 'to-confirm', 'draft', 'missing'] as const;

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Topics × aspects × languages with their review states; below it the other answers, and the sums by language. */
export function overview(knowledge: Knowledge, language: StaffLanguage): string {
  const { answers, topics, aspects, locales } = knowledge;
  const { report } = messagesIn(language);
  const stateOf = (id: string, locale: string) => answers[id]?.[locale]?.state;
  const cell = (id: string) =>
    Object.hasOwn(answers, id)
      ? locales
          .map((locale) => stateOf(id, locale))
          .map((state) => (state ? LETTERS[state] : '-'))
          .join('')
      : '';
  const ofTopics = new Set(Object.keys(topics).flatMap((t) => Object.keys(aspects).map((a) => `${t}.${a}`)));
  const used = Object.keys(aspects).filter((aspect) =>
    Object.keys(topics).some((topic) => Object.hasOwn(answers, `${topic}.${aspect}`)),
  );
  const grid = [
    ['', ...used],
    ...Object.keys(topics).map((topic) => [topic, ...used.map((aspect) => cell(`${topic}.${aspect}`))]),
  ];
  const others = Object.keys(answers)
    .filter((id) => !ofTopics.has(id))
    .map((id) => [id, cell(id)]);
  const sums = [
    [report.language, ...STATES.map((state) => report[state]), report.phrasings],
    ...locales.map((locale) => {
      const states = Object.keys(answers).map((id) => stateOf(id, locale) ?? 'missing');
      const phrasings = Object.values(answers).reduce(
        (n, one) => n + (one[locale]?.phrasings.length ?? 0),
        0,
      );
      return [
        locale,
        ...STATES.map((state) => String(states.filter((one) => one === state).length)),
        String(phrasings),
      ];
    }),
  ];
  return [
    columns(grid),
    `${report.other}:\n${columns(others)}`,
    fill(report.legend, { locales: locales.join(' ') }),
    `${report.states}:\n${columns(sums)}`,
  ].join('\n\n');
}
