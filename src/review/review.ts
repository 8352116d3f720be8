import type { Knowledge, Places, Problem } from '../knowledge/index.ts';
import { overdueReviews } from './dates.ts';
import { scarcePhrasings } from './phrasings.ts';
import { piecesOf } from './pieces.ts';
import type { Standards } from './rules.ts';
import { figuresWithoutSource } from './sources.ts';
import { discouragedWords, longSentences } from './style.ts';
import { type Agreed, missingSentences, staleTranslations } from './translations.ts';
import { typedContacts, typedNumbers } from './typed.ts';

export interface Reviewed {
  readonly knowledge: Knowledge;
  readonly places: Places;
  readonly standards: Standards;
  readonly agreed: Agreed;
  readonly now: Date;
}

/** Everything that a careful colleague would say about files that work: warnings only, in the order of the files. */
export function review({ knowledge, places, standards, agreed, now }: Reviewed): readonly Problem[] {
  const { rules, words } = standards;
  const problems = [
    ...piecesOf(knowledge, places).flatMap((piece) => [
      ...longSentences(piece, rules.sentenceWords),
      ...discouragedWords(piece, words),
      ...typedNumbers(piece, knowledge, words),
      ...typedContacts(piece, knowledge),
    ]),
    ...overdueReviews(knowledge, places, rules, now),
    ...staleTranslations(knowledge, places, rules.source, agreed),
    ...missingSentences(knowledge, rules.source),
    ...figuresWithoutSource(knowledge, places),
    ...scarcePhrasings(knowledge, places, rules.phrasings),
  ];
  return inFileOrder(problems);
}

/** Staff work through a list file by file, from top to bottom. */
export function inFileOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
