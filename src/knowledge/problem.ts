import en from './messages/en.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };
import nl from './messages/nl.json' with { type: 'json' };
import type { Problem } from './types.ts';

/** Languages in which staff read what is wrong. */
export const STAFF_LANGUAGES = ['en', 'nl', 'fr'] as const;
export type StaffLanguage = (typeof STAFF_LANGUAGES)[number];
export type ProblemCode = keyof typeof en.messages;
export type ProblemValues = Readonly<Record<string, string | number>>;

/** Where something is wrong: file, line and column (from 1), the field, and the text that is meant. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly field?: string;
  readonly text?: string;
}

type Catalogue = typeof en;
const CATALOGUES: Readonly<Record<StaffLanguage, Catalogue>> = {
  en,
  nl: nl as Catalogue,
  fr: fr as Catalogue,
};

/** Everything staff read, in one language. */
export function messagesIn(language: StaffLanguage): Catalogue {
  return CATALOGUES[language];
}

/** Puts values in the place of `{{name}}`; `{{t.name}}` stands for the term that the value names. */
export function fill(
  template: string,
  values: ProblemValues,
  { terms }: Pick<Catalogue, 'terms'> = en,
): string {
  return template
    .replace(/\{\{(t\.)?(\w+)\}\}/g, (_, isTerm: string | undefined, name: string) => {
      const value = String(values[name] ?? '');
      return isTerm ? ((terms as Readonly<Record<string, string>>)[value] ?? value) : value;
    })
    .trim();
}

function render(code: ProblemCode, values: ProblemValues, language: StaffLanguage) {
  const catalogue = CATALOGUES[language];
  const names = String(values.near ?? '');
  const near = names && fill(catalogue.near, { names: names.split('|').join(catalogue.or) });
  const [message = '', mend = ''] = catalogue.messages[code];
  const filled = { ...values, near };
  return { message: fill(message, filled, catalogue), mend: fill(mend, filled, catalogue) };
}

/** Longest excerpt of a file that a message shows. */
const MAX_TEXT = 100;

/** A problem by its code, worded in English; `inLanguage` words it anew. */
export function problem(
  severity: Problem['severity'],
  code: ProblemCode,
  place: Place,
  values: ProblemValues = {},
): Problem {
  const { file, line = 1, column = 1, field, text } = place;
  return {
    severity,
    code,
    values,
    file,
    line,
    column,
    ...(field && { field }),
    ...(text && { text: text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text }),
    ...render(code, values, 'en'),
  };
}

/** The same problem in the words of another language. */
export function inLanguage(one: Problem, language: StaffLanguage): Problem {
  const { code, values = {} } = one;
  return code === undefined || !(code in en.messages)
    ? one
    : { ...one, ...render(code as ProblemCode, values, language) };
}

/** `value` of `near` for a name that shares its beginning or end with known ones: `a|b`. */
export function nearestNames(name: string, known: readonly string[]): string {
  return known
    .filter((one) => one.startsWith(name.slice(0, 4)) || one.endsWith(name.slice(-5)))
    .slice(0, 3)
    .join('|');
}
