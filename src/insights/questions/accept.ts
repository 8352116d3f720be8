import {
  type AnswerId,
  addPhrasing,
  editAnswer,
  type Knowledge,
  type Locale,
} from '../../knowledge/index.ts';
import { GAP } from './strip.ts';

/** What came of adding a phrasing to an answer's file. */
export type Accepted =
  | { readonly ok: true; readonly file: string }
  | {
      readonly ok: false;
      readonly reason: 'not-a-phrasing' | 'known' | 'unreadable' | 'unwritable' | 'no-answer';
      readonly detail?: string;
    };

/**
 * Adds a question of staff's choice to the phrasings of an answer, in the file itself.
 *
 * @param root the folder that holds `knowledge/`
 */
export async function acceptPhrasing(
  root: string,
  { answers }: Pick<Knowledge, 'answers'>,
  wanted: { readonly answer: AnswerId; readonly locale: Locale; readonly phrasing: string },
): Promise<Accepted> {
  const answer = Object.hasOwn(answers, wanted.answer) ? answers[wanted.answer]?.[wanted.locale] : undefined;
  if (!answer) return { ok: false, reason: 'no-answer' };
  if (wanted.phrasing.includes(GAP)) return { ok: false, reason: 'not-a-phrasing' };
  try {
    const edit = await editAnswer(root, answer, (text) => addPhrasing(text, wanted.phrasing));
    return edit.ok ? { ok: true, file: answer.file } : { ok: false, reason: edit.reason };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { ok: false, reason: 'unwritable', detail: code ?? 'unknown' };
  }
}
