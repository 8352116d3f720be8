import type { Knowledge, Places, Problem } from '../knowledge/index.ts';
import type { UnderstandingModel } from '../understanding/index.ts';
import { overdueReviews } from './dates.ts';
import { scarcePhrasings, strayPhrasings } from './phrasings.ts';
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
  readonly model: UnderstandingModel;
  readonly agreed: Agreed;
  readonly now: Date;
}

/** Everything that a careful colleague would say about files that work: warnings only, in the order of the files. */
export function review({ knowledge, places, standards, model, agreed, now }: Reviewed): readonly Problem[] {
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
    ...strayPhrasings(knowledge, places, model, now),
  ];
  return problems.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}
