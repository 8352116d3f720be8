import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Knowledge } from '../../knowledge/index.ts';
import { normalise } from '../../understanding/index.ts';
import { NAMES_THAT_ARE_WORDS, TOWNS } from './nameWords.ts';

/** Words that the bot's own files use, normalised. Whatever else somebody types is never kept. */
export interface Vocabulary {
  readonly known: ReadonlySet<string>;
  /** Words of the phrasings of so many answers that they lead to nobody. */
  readonly everyday: ReadonlySet<string>;
}

/** A word in the phrasings of fewer answers may be the name that somebody gave a person in a phrasing. */
const SHARED = 3;
/** A word in the phrasings of so many answers is an everyday one, even where it is a name too ("van", "lang"). */
const EVERYDAY = 5;

const REFERENCE = /\{\{.*?\}\}/g;
const SENTENCE_END = /(?<=[.!?:])\s+|\n+/;

/**
 * The words of a text that staff wrote. A capital within a sentence is left out: it is a name ("Max"), and a visitor may
 * have the same one.
 */
function writtenWords(text: string): string[] {
  return text
    .replace(REFERENCE, ' ')
    .split(SENTENCE_END)
    .flatMap((sentence) =>
      (sentence.match(/[\p{L}\p{M}'’]+/gu) ?? []).filter((word, i) => i === 0 || !/^\p{Lu}/u.test(word)),
    );
}

/** Words of texts, normalised, each once. Thousands of texts share a few thousand words: only those are normalised. */
function wordsOf(texts: readonly string[]): ReadonlySet<string> {
  const written = new Set(texts.flatMap(writtenWords));
  return new Set([...written].flatMap((word) => normalise(word).split(' ')));
}

/**
 * The words of titles, answers, topic names and the lexicon, and those of phrasings that several answers share, in all
 * languages, names of people left out.
 * Takes a few tenths of a second, so it goes answer by answer and lets the people who chat have their turns in between.
 */
export async function vocabularyOf(knowledge: Knowledge): Promise<Vocabulary> {
  const { answers, topics, aspects, lexicons } = knowledge;
  const shown = new Set<string>();
  const inAnswers = new Map<string, number>();
  for (const inLocales of Object.values(answers)) {
    const texts = Object.values(inLocales);
    const phrased = wordsOf(texts.flatMap(({ phrasings }) => phrasings));
    for (const word of phrased) inAnswers.set(word, (inAnswers.get(word) ?? 0) + 1);
    for (const word of wordsOf(texts.flatMap(({ title, body }) => [title, body]))) shown.add(word);
    await othersFirst();
  }
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
  const shared = [...inAnswers].filter(([, count]) => count >= SHARED).map(([word]) => word);
  const known = new Set(
    [...shared, ...shown, ...wordsOf(named), ...wordsOf(typed)].filter(
      (word) => /^\p{L}+$/u.test(word) && !names.has(word),
    ),
  );
  const everyday = [...inAnswers].filter(([word, count]) => count >= EVERYDAY && known.has(word));
  return { known, everyday: new Set(everyday.map(([word]) => word)) };
}
