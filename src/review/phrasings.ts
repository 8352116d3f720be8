import { type AnswerId, type Knowledge, type Places, type Problem, problem } from '../knowledge/index.ts';
import { createUnderstand, type UnderstandingModel } from '../understanding/index.ts';

/** A phrasing is reported where another answer is at least this sure and its own at most that much. */
const SURE_OF_OTHER = 0.6;
const SURE_OF_OWN = 0.2;

/** Answers with too few phrasings, and answers that nobody can reach. */
export function scarcePhrasings({ answers }: Knowledge, places: Places, minimum: number): Problem[] {
  const offered = new Set(
    Object.values(answers).flatMap((inLocales) =>
      Object.values(inLocales).flatMap(({ quickReplies }) => quickReplies),
    ),
  );
  return places.answers.flatMap(({ answer: { id, file, phrasings }, locate }): Problem[] => {
    const place = { file, ...locate(['phrasings']), field: 'phrasings' };
    const count = phrasings.length;
    if (count >= minimum) return [];
    if (count > 0) return [problem('warning', 'few-phrasings', place, { count, minimum })];
    return offered.has(id) ? [] : [problem('warning', 'never-reached', place, { id })];
  });
}

/** The same knowledge without its phrasings: nothing is known word for word, so the model has to judge. */
function withoutPhrasings(knowledge: Knowledge): Knowledge {
  const answers = Object.entries(knowledge.answers).map(([id, inLocales]) => [
    id,
    Object.fromEntries(
      Object.entries(inLocales).map(([locale, answer]) => [locale, { ...answer, phrasings: [] }]),
    ),
  ]);
  return { ...knowledge, answers: Object.fromEntries(answers) };
}

/** Phrasings that the model, which learnt from them, still takes for questions to another answer. */
export function strayPhrasings(
  knowledge: Knowledge,
  places: Places,
  model: UnderstandingModel,
  now: Date,
): Problem[] {
  const understand = createUnderstand(withoutPhrasings(knowledge), model);
  const other = (id: AnswerId, text: string, locale: string) => {
    const { candidates, safety } = understand(text, { locale, now });
    const [best] = candidates;
    const own = candidates.find((one) => one.id === id)?.score ?? 0;
    if (!best || best.id === id || safety?.id === id) return undefined;
    return best.score >= SURE_OF_OTHER && own <= SURE_OF_OWN ? best : undefined;
  };
  return places.answers.flatMap(({ answer: { id, file, locale, phrasings }, locate }) =>
    phrasings.flatMap((text, i): Problem[] => {
      const found = other(id, text, locale);
      if (!found) return [];
      const place = { file, ...locate(['phrasings', i]), field: `phrasings[${i}]`, text };
      const score = Math.round(found.score * 100);
      return [problem('warning', 'phrasing-elsewhere', place, { text, other: found.id, score })];
    }),
  );
}
