import {
  fill,
  type Knowledge,
  type Locale,
  messagesIn,
  STAFF_LANGUAGES,
  type StaffLanguage,
} from '../knowledge/index.ts';
import type { Rules } from './rules.ts';

/** `grooming.signs`, or one word: `fallback`. */
const NAME = /^([a-z]+(?:-[a-z]+)*)(?:\.([a-z]+(?:-[a-z]+)*))?$/;

export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The files of a new answer in every language, to be filled in: hints stand in them as comments.
 *
 * @returns undefined where the name cannot be one of an answer
 */
export function newAnswer(
  name: string,
  knowledge: Knowledge,
  rules: Rules,
  today: string,
): readonly NewFile[] | undefined {
  const [, topic = '', aspect] = NAME.exec(name) ?? [];
  if (topic === '' || topic === 'constructor' || aspect === 'constructor') return undefined;
  return knowledge.locales.map((locale) => ({
    path: `knowledge/answers/${aspect === undefined ? topic : `${topic}/${aspect}`}.${locale}.md`,
    text: template(locale, aspect ?? topic, knowledge, rules, today),
  }));
}

function template(locale: Locale, aspect: string, knowledge: Knowledge, rules: Rules, today: string): string {
  const language: StaffLanguage = STAFF_LANGUAGES.find((one) => one === locale) ?? 'en';
  const { new: hints } = messagesIn(language);
  const like = Object.values(knowledge.answers).find((answers) =>
    answers[locale]?.id.endsWith(`.${aspect}`),
  )?.[locale];
  const hint = (text: string, values = {}) => `# ${fill(text, values)}`;
  return [
    '---',
    hint(hints.title),
    'title: ""',
    hint(hints.phrasings, { minimum: rules.phrasings }),
    ...(like ? like.phrasings.slice(0, 2).map((example) => hint(`  ${hints.example}`, { example })) : []),
    'phrasings:',
    '  - ""',
    hint(hints.quickReplies),
    'quickReplies: []',
    hint(hints.contacts),
    'contacts: [child-focus]',
    hint(hints.sources),
    'sources: []',
    hint(hints.reviewed),
    `reviewed: ${today}`,
    hint(hints.state),
    'state: draft',
    hint(hints.body, {
      limit: rules.sentenceWords,
      figure: '{{figure grooming-files 2018}}',
      contact: '{{contact child-focus}}',
    }),
    '---',
    '',
  ].join('\n');
}
