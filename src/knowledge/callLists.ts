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
  /** Line counted from 1. */
  readonly messages: readonly { readonly text: string; readonly line: number }[];
}

/** Every list among the files, one message a line; empty lines and remarks (`# …`) are left out. */
export function readCallLists(files: readonly TextFile[]): readonly CallList[] {
  return files.flatMap(({ path, text }) => {
    const [, locale, id] = CALL_LIST.exec(path) ?? [];
    if (locale === undefined || id === undefined) return [];
    const messages = text
      .split('\n')
      .map((line, i) => ({ text: line.trim(), line: i + 1 }))
      .filter((one) => one.text !== '' && !one.text.startsWith('#'));
    return [{ file: path, locale, id, messages }];
  });
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
  const keyOf = (locale: Locale, text: string) => `${locale} ${sameness(text)}`;
  for (const { answer } of answers) {
    for (const phrasing of answer.phrasings) taken.set(keyOf(answer.locale, phrasing), answer);
  }
  return lists.flatMap(({ file, locale, id, messages }) =>
    messages.flatMap(({ text, line }) => {
      const key = keyOf(locale, text);
      const other = taken.get(key);
      if (other && other.id !== id)
        return problem('error', 'phrasing-twice', { file, line, text }, { text, other: other.file });
      taken.set(key, { id, file });
      return [];
    }),
  );
}
