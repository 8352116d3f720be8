import type { AnswerId, Knowledge, Lexicon, Locale } from '../knowledge/index.ts';
import { type ChoiceReader, compilePlaces } from './choices.ts';
import { createFindYears, type FindYears } from './entities/years.ts';
import { type CompiledLexicon, compileLexicon } from './lexicon.ts';
import { normalise, words } from './normalise.ts';
import type { Lesson } from './ranker.ts';
import { createReader, readWords } from './reading.ts';
import { type Alarms, compileAlarms } from './safety.ts';
import { createRepair } from './spelling.ts';

/** Everything needed to read messages in one language. */
export interface Language extends ChoiceReader {
  readonly alarms: Alarms;
  readonly findYears: FindYears;
  readonly followUps: readonly string[];
}

/** A language of which nothing is written yet. */
export const EMPTY_LEXICON: Omit<Lexicon, 'locale'> = {
  abbreviations: {},
  concepts: {},
  commands: {},
  relativeYears: {},
  besideNamedYear: {},
  alarms: {},
  harmless: [],
  followUps: [],
  ordinals: [],
  last: [],
};

/** Topic and aspect names count as concepts of their own, so that they weigh the same in every language. */
function withSubjects(lexicon: Lexicon, knowledge: Knowledge): Lexicon {
  const concepts: Record<string, readonly string[]> = { ...lexicon.concepts };
  const { locale } = lexicon;
  for (const [kind, subjects] of [
    ['topic', knowledge.topics],
    ['aspect', knowledge.aspects],
  ] as const) {
    for (const subject of Object.values(subjects)) {
      const terms = [subject.names[locale], ...(subject.synonyms[locale] ?? [])];
      concepts[`${kind}:${subject.id}`] = terms.filter((term) => term !== undefined);
    }
  }
  return { ...lexicon, concepts };
}

/** A sentence of the files, as typed and as messages are compared. */
export interface Sentence {
  readonly id: AnswerId;
  readonly phrasing: string;
  readonly normalised: string;
}

/** Every sentence of a language from which is learnt. Made ready once: there are tens of thousands. */
export interface Sentences {
  /** Titles too: the buttons send them. */
  readonly phrasings: readonly Sentence[];
  /** Calls for help, and messages in the same words that no answer fits. */
  readonly calls: readonly Sentence[];
}

function sentencesIn({ answers, calls }: Knowledge, locale: Locale): Sentences {
  const sentence = (id: AnswerId, phrasing: string) => ({ id, phrasing, normalised: normalise(phrasing) });
  return {
    phrasings: Object.values(answers).flatMap((inLocales) => {
      const answer = inLocales[locale];
      return answer
        ? [answer.title, ...answer.phrasings].map((phrasing) => sentence(answer.id, phrasing))
        : [];
    }),
    calls: Object.entries(calls[locale] ?? {}).flatMap(([id, texts]) =>
      texts.map((phrasing) => sentence(id, phrasing)),
    ),
  };
}

export function readSentences(knowledge: Knowledge): ReadonlyMap<Locale, Sentences> {
  return new Map(knowledge.locales.map((locale) => [locale, sentencesIn(knowledge, locale)]));
}

/** In how many phrasings each word stands. */
function countWords(phrasings: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const tokens of phrasings)
    for (const token of new Set(tokens)) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

/** A word of one phrasing alone is as strange as a word of none: otherwise no phrasing would ever show a strange word. */
function familiarWords(counts: ReadonlyMap<string, number>, lexicon: CompiledLexicon): ReadonlySet<string> {
  const shared = [...counts].filter(([, count]) => count > 1).map(([token]) => token);
  const plain = [...lexicon.abbreviations.values()].flatMap(({ alone = [], before }) => [
    ...alone,
    ...[...before.values()].flat(),
  ]);
  return new Set([...shared, ...lexicon.vocabulary, ...plain]);
}

/** Words that the files of a language hold. */
interface Written {
  /** Those of the phrasings, and in how many each stands. */
  readonly counts: ReadonlyMap<string, number>;
  /** The same, and those of the calls for help. */
  readonly all: ReadonlySet<string>;
}

function writtenIn({ phrasings, calls }: Sentences): Written {
  const counts = countWords(phrasings.map(({ normalised }) => words(normalised)));
  return {
    counts,
    all: new Set([...counts.keys(), ...calls.flatMap(({ normalised }) => words(normalised))]),
  };
}

/** @param known words of the files of all languages, see `remember` */
function prepareLanguage(
  knowledge: Knowledge,
  locale: Locale,
  { counts, all }: Written,
  known: ReadonlySet<string>,
): Language {
  const plain = knowledge.lexicons[locale] ?? { locale, ...EMPTY_LEXICON };
  const lexicon = compileLexicon(withSubjects(plain, knowledge), known);
  // A word of these phrases taken for a misspelt one ("touching" for "teaching") would hide a call for help, or let a
  // harmless phrase silence nothing. `normalise` also takes the signs of the patterns apart.
  const watched = [...plain.harmless, ...Object.values(plain.alarms).flat()].flatMap((phrase) =>
    words(normalise(phrase)),
  );
  const spelling = {
    locale,
    lexicon,
    repair: createRepair(lexicon.vocabulary, new Set([...all, ...watched])),
    familiar: familiarWords(counts, lexicon),
  };
  return {
    ...createReader(spelling, known),
    alarms: compileAlarms(plain, lexicon, known),
    findYears: createFindYears(plain),
    followUps: plain.followUps.map(normalise),
    places: compilePlaces(plain),
  };
}

/** Every language of the knowledge, made ready. */
export function prepareLanguages(
  knowledge: Knowledge,
  sentences = readSentences(knowledge),
): ReadonlyMap<Locale, Language> {
  const written = [...sentences].map(([locale, inLocale]) => [locale, writtenIn(inLocale)] as const);
  const known = new Set(written.flatMap(([, { all }]) => [...all]));
  return new Map(
    written.map(([locale, inLocale]) => [locale, prepareLanguage(knowledge, locale, inLocale, known)]),
  );
}

/** Every phrasing and every call for help as the ranker learns it: read in its own language. */
export function lessonsOf(knowledge: Knowledge, sentences = readSentences(knowledge)): readonly Lesson[] {
  return [...prepareLanguages(knowledge, sentences)].flatMap(([locale, language]) => {
    const { phrasings = [], calls = [] } = sentences.get(locale) ?? {};
    return [...phrasings, ...calls].map(({ id, normalised }) => ({
      id,
      reading: readWords(words(normalised), language),
    }));
  });
}
