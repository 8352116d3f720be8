import type { Knowledge } from '../../knowledge/index.ts';
import { normalise } from '../../understanding/index.ts';
import { NAMES_THAT_ARE_WORDS, TOWNS } from './nameWords.ts';

/** Words that the bot's own files use, normalised. Whatever else somebody types is never kept. */
export interface Vocabulary {
  readonly known: ReadonlySet<string>;
  /** Words of the phrasings of so many answers that they lead to nobody. */
  readonly everyday: ReadonlySet<string>;
}

/** A word in the phrasings of so many answers is an everyday one, even where it is a name too ("van", "lang"). */
const EVERYDAY = 5;

const REFERENCE = /\{\{.*?\}\}/g;
const SENTENCE_END = /(?<=[.!?:])\s+|\n+/;

/**
 * The words of a text that staff wrote. A capital within a sentence is left out: it is a name ("Max"), and a visitor may
 * have the same one.
 */
function plainWords(text: string): string[] {
  return text
    .replace(REFERENCE, ' ')
    .split(SENTENCE_END)
    .flatMap((sentence) =>
      (sentence.match(/[\p{L}\p{M}'’]+/gu) ?? []).filter((word, i) => i === 0 || !/^\p{Lu}/u.test(word)),
    )
    .flatMap((word) => normalise(word).split(' '));
}

function everydayWords({ answers }: Pick<Knowledge, 'answers'>): ReadonlySet<string> {
  const inAnswers = new Map<string, number>();
  for (const inLocales of Object.values(answers)) {
    const phrasings = Object.values(inLocales).flatMap((answer) => answer.phrasings);
    for (const word of new Set(phrasings.flatMap(plainWords)))
      inAnswers.set(word, (inAnswers.get(word) ?? 0) + 1);
  }
  return new Set([...inAnswers].filter(([, count]) => count >= EVERYDAY).map(([word]) => word));
}

/** Every word of phrasings, titles, answers, topic names and the lexicon, in all languages, names of people left out. */
export function vocabularyOf(knowledge: Knowledge): Vocabulary {
  const { answers, topics, aspects, lexicons } = knowledge;
  const written = Object.values(answers)
    .flatMap((inLocales) => Object.values(inLocales))
    .flatMap(({ title, phrasings, body }) => [title, ...phrasings, body]);
  const named = [...Object.values(topics), ...Object.values(aspects)].flatMap(({ names, synonyms }) => [
    ...Object.values(names),
    ...Object.values(synonyms).flat(),
  ]);
  const typed = Object.values(lexicons).flatMap(
    ({ abbreviations, concepts, commands, harmless, followUps }) => [
      ...Object.entries(abbreviations).flat(),
      ...Object.values(concepts).flat(),
      ...Object.values(commands).flat(),
      ...harmless,
      ...followUps,
    ],
  );
  const names = new Set([...NAMES_THAT_ARE_WORDS, ...TOWNS]);
  const known = new Set(
    [...written, ...named, ...typed]
      .flatMap(plainWords)
      .filter((word) => /^\p{L}+$/u.test(word) && !names.has(word)),
  );
  return { known, everyday: new Set([...everydayWords(knowledge)].filter((word) => known.has(word))) };
}
