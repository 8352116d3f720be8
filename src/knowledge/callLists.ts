import type { LocatedAnswer } from './answers.ts';
import { sameness } from './edit.ts';
import type { TextFile } from './files.ts';
import { CALL_LIST } from './places.ts';
import { problem } from './problem.ts';
import type { AnswerId, Calls, Locale, PerLocale, Problem } from './types.ts';

/** A plain list of messages for which one answer is right: `knowledge/calls/nl/safety.crisis.txt`. */
export interface CallList {
  readonly file: string;
  readonly locale: Locale;
  readonly id: AnswerId;
  readonly messages: readonly CallMessage[];
}

interface CallMessage {
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
  /** The text as it is compared with others, see `sameness`. */
  readonly key: string;
}

/** The list that a file holds, one message a line; empty lines and remarks (`# …`) are left out. */
export function readCallList({ path, text }: TextFile): CallList | undefined {
  const [, locale, id] = CALL_LIST.exec(path) ?? [];
  if (locale === undefined || id === undefined) return undefined;
  const messages = text
    .split('\n')
    .map((line, i) => ({ text: line.trim(), line: i + 1 }))
    .filter((one) => one.text !== '' && !one.text.startsWith('#'))
    .map((one) => ({ ...one, key: sameness(one.text) }));
  return { file: path, locale, id, messages };
}

/** What the lists hold, by language and answer. */
export function callsIn(lists: readonly CallList[]): PerLocale<Calls> {
  const byLocale = Map.groupBy(lists, ({ locale }) => locale);
  return Object.fromEntries(
    [...byLocale].map(([locale, own]) => [
      locale,
      Object.fromEntries(own.map(({ id, messages }) => [id, messages.map(({ text }) => text)])),
    ]),
  );
}

/**
 * Messages that stand under two answers of one language. What stands in a list is believed word for word, so a call that
 * also stands among the harmless messages would be passed over.
 */
export function messagesTwice(
  lists: readonly CallList[],
  answers: readonly LocatedAnswer[],
): readonly Problem[] {
  const taken = new Map<string, { readonly id: AnswerId; readonly file: string }>();
  for (const { answer, phrasingKeys } of answers) {
    for (const key of phrasingKeys) taken.set(`${answer.locale} ${key}`, answer);
  }
  return lists.flatMap(({ file, locale, id, messages }) =>
    messages.flatMap((message) => {
      const key = `${locale} ${message.key}`;
      const other = taken.get(key);
      if (other && other.id !== id) {
        const { text, line } = message;
        return problem('error', 'phrasing-twice', { file, line, text }, { text, other: other.file });
      }
      taken.set(key, { id, file });
      return [];
    }),
  );
}
