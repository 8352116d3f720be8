import type { AnswerId, Knowledge, Lexicon, Locale, TopicId } from '../knowledge/index.ts';
import type { Classifier } from './classifier.ts';
import { findGroup, findRole, findTone, isComparison } from './entities/people.ts';
import { createFindYears, type FindYears } from './entities/years.ts';
import { createLanguageGuess } from './language.ts';
import { compileLexicon } from './lexicon.ts';
import { createChooseLocale, type LocaleChoice, teachLocales } from './locale.ts';
import { normalise, words } from './normalise.ts';
import {
  aspectOf,
  createRanker,
  type Lesson,
  type RankerModel,
  type Ranking,
  teach,
  topicOf,
} from './ranker.ts';
import { type Reader, type Reading, readWords } from './reading.ts';
import { type Alarms, compileAlarms, findAlarm, isHarmless, rankedAlarm } from './safety.ts';
import { createRepair } from './spelling.ts';
import type { Candidate, Command, Setting, Understanding } from './types.ts';

/** Everything learnt from the phrasings; plain data, the same for the same files. */
export interface UnderstandingModel {
  readonly ranker: RankerModel;
  readonly locales: Classifier;
}

/** Changes with everything that makes a stored model useless: the features, the classifier, the reading of words. */
export const MODEL_VERSION = 2;

/** Understands one message. Pure: the same message in the same setting always gives the same result. */
export type Understand = (utterance: string, setting: Setting) => Understanding;

/** An address of a web page; its words say nothing about what the person means. */
const LINK = /\b(?:https?:\/\/|www\.)\S+/gi;
/** Candidates handed on; the rest of the catalogue is noise. */
const CANDIDATES = 5;
/** "And" with a topic of one or two words and nothing else. */
const BARE_WORDS = 3;
/** Probability from which the aspect counts as named by the message; a short one leans on what was said before. */
const NAMED = 0.6;
const NAMED_BY_FEW_WORDS = 0.4;
const FEW_WORDS = 6;
/** Languages at least this probable are searched for alarm phrases too, whatever the language chosen. */
const POSSIBLE_LOCALE = 0.01;
/** In languages at least this probable the ranker may raise an alarm too; below, it sees words that are not there. */
const LIKELY_LOCALE = 0.2;

interface Language extends Reader {
  readonly alarms: Alarms;
  readonly findYears: FindYears;
  readonly followUps: readonly string[];
}

const EMPTY_LEXICON: Omit<Lexicon, 'locale'> = {
  abbreviations: {},
  concepts: {},
  commands: {},
  relativeYears: {},
  alarms: {},
  harmless: [],
  followUps: [],
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

function phrasingsOf(knowledge: Knowledge, locale: Locale) {
  return Object.values(knowledge.answers).flatMap((answers) => {
    const answer = answers[locale];
    return answer ? [answer.title, ...answer.phrasings].map((phrasing) => ({ id: answer.id, phrasing })) : [];
  });
}

function prepareLanguage(knowledge: Knowledge, locale: Locale): Language {
  const plain = knowledge.lexicons[locale] ?? { locale, ...EMPTY_LEXICON };
  const lexicon = compileLexicon(withSubjects(plain, knowledge));
  const known = new Set(phrasingsOf(knowledge, locale).flatMap(({ phrasing }) => words(normalise(phrasing))));
  return {
    locale,
    lexicon,
    repair: createRepair(lexicon.vocabulary, known),
    alarms: compileAlarms(plain, lexicon),
    findYears: createFindYears(plain),
    followUps: plain.followUps.map(normalise),
  };
}

function prepareLanguages(knowledge: Knowledge): ReadonlyMap<Locale, Language> {
  return new Map(knowledge.locales.map((locale) => [locale, prepareLanguage(knowledge, locale)]));
}

/** Learns from the phrasings. Takes about a second; the result may be cached under `knowledge.hash`. */
export function learn(knowledge: Knowledge): UnderstandingModel {
  const lessons: Lesson[] = [];
  for (const [locale, language] of prepareLanguages(knowledge)) {
    for (const { id, phrasing } of phrasingsOf(knowledge, locale)) {
      lessons.push({ id, reading: readWords(words(normalise(phrasing)), language) });
    }
  }
  return { ranker: teach(Object.keys(knowledge.answers), lessons), locales: teachLocales(knowledge) };
}

/** Sentences known word for word: titles (the buttons send them) and phrasings. */
function exactMatches(
  knowledge: Knowledge,
): ReadonlyMap<string, readonly { id: AnswerId; locale: Locale }[]> {
  const exact = new Map<string, { id: AnswerId; locale: Locale }[]>();
  for (const locale of knowledge.locales) {
    for (const { id, phrasing } of phrasingsOf(knowledge, locale)) {
      const key = normalise(phrasing);
      const entries = exact.get(key) ?? [];
      if (!entries.some((entry) => entry.locale === locale)) entries.push({ id, locale });
      exact.set(key, entries);
    }
  }
  return exact;
}

/** The label with the highest probability, if it is sure enough to count as named. */
function named(
  probabilities: ReadonlyMap<string, number>,
  among: (label: string) => boolean,
  least: number,
): string | undefined {
  let best: string | undefined;
  let most = least;
  for (const [label, probability] of probabilities) {
    if (probability >= most && among(label)) {
      best = label;
      most = probability;
    }
  }
  return best;
}

export function createUnderstand(knowledge: Knowledge, model: UnderstandingModel): Understand {
  const languages = prepareLanguages(knowledge);
  const rank = createRanker(model.ranker);
  const chooseLocale = createChooseLocale(knowledge, model.locales, createLanguageGuess(knowledge.locales));
  const exact = exactMatches(knowledge);

  function findCommand(key: string, preferred: Locale): Command | undefined {
    const order = [preferred, ...knowledge.locales.filter((locale) => locale !== preferred)];
    for (const locale of order) {
      const command = languages.get(locale)?.lexicon.commands.get(key);
      if (command) return command as Command;
    }
    return undefined;
  }

  /** The sentence that is known word for word, in the language of the message. */
  function findTwin(key: string, prior: Locale | undefined, chosen: Locale) {
    const twins = exact.get(key) ?? [];
    return (
      twins.find(({ locale }) => locale === (prior ?? chosen)) ??
      twins.find(({ locale }) => locale === chosen)
    );
  }

  /** Safety in one language: an alarm phrase raises it, else the ranker decides where it is at home. */
  function findSafety(
    reading: Reading,
    language: Language,
    ranking: Ranking | undefined,
  ): Candidate | undefined {
    const alarm = findAlarm(reading.tokens, language.alarms);
    return alarm ? { id: alarm, score: 1 } : ranking && rankedAlarm(ranking.candidates);
  }

  /** The message read in the other languages that it may be in. */
  function otherReadings(raw: readonly string[], chosen: LocaleChoice) {
    return [...languages.values()]
      .map((language) => ({ language, probability: chosen.probabilities[language.locale] ?? 0 }))
      .filter(
        ({ language, probability }) => language.locale !== chosen.locale && probability >= POSSIBLE_LOCALE,
      )
      .map(({ language, probability }) => ({ language, probability, reading: readWords(raw, language) }));
  }

  /** A bare topic after "and" ("and sextortion?") names no aspect: the one of before carries over. */
  function namedAspect(ranking: Ranking, count: number, bareTopic: boolean): string | undefined {
    if (bareTopic) return undefined;
    const least = count <= FEW_WORDS ? NAMED_BY_FEW_WORDS : NAMED;
    return named(ranking.aspects, (label) => label in knowledge.aspects, least);
  }

  return (message, setting) => {
    const utterance = message.replace(LINK, ' ');
    const holdsLink = utterance !== message;
    const key = normalise(utterance);
    const raw = words(key);
    const chosen = chooseLocale(utterance, setting.locale);
    const twin = findTwin(key, setting.locale, chosen.locale);
    const { locale } = twin ?? chosen;
    const language = languages.get(locale) as Language;
    const reading = readWords(raw, language);
    const command = findCommand(key, locale);
    const years = language.findYears(utterance, setting.now);
    const role = findRole(reading.mentions);
    const group = findGroup(reading.mentions);
    const tone = findTone(reading.mentions, role);
    const entities = {
      years,
      comparison: isComparison(reading.mentions, years),
      ...(group && { group }),
      ...(role && { role }),
      ...(tone && { tone }),
    };
    const base = { locale, locales: chosen.probabilities, entities, holdsLink, ...(command && { command }) };
    if (raw.length === 0) return { ...base, candidates: [], elliptical: false };

    const ranking = rank(reading);
    const others = otherReadings(raw, chosen);
    const certainlyOther = twin !== undefined && topicOf(twin.id) !== 'safety';
    const harmless =
      certainlyOther ||
      [{ language, reading }, ...others].some((one) => isHarmless(one.reading.tokens, one.language.alarms));
    const safety = harmless
      ? undefined
      : (findSafety(reading, language, ranking) ??
        others
          .map((one) =>
            findSafety(
              one.reading,
              one.language,
              one.probability >= LIKELY_LOCALE ? rank(one.reading) : undefined,
            ),
          )
          .find((found) => found !== undefined));
    const ranked = harmless
      ? ranking.candidates.filter(({ id }) => topicOf(id) !== 'safety')
      : ranking.candidates;
    const topic = namedTopic(reading, knowledge);
    const elliptical = language.followUps.some((opening) => key === opening || key.startsWith(`${opening} `));
    const bareTopic = elliptical && topic !== undefined && raw.length <= BARE_WORDS;
    const aspect = twin ? aspectOf(twin.id) : namedAspect(ranking, raw.length, bareTopic);
    return {
      ...base,
      ...(safety && { safety }),
      candidates: twin ? [{ id: twin.id, score: 1 }] : ranked.slice(0, CANDIDATES),
      ...(topic && { topic }),
      ...(aspect && { aspect }),
      elliptical,
    };
  };
}

/** The one topic whose name or synonym stands in the message. */
function namedTopic(reading: Reading, knowledge: Knowledge): TopicId | undefined {
  const found = new Set(
    reading.mentions
      .filter(({ concept }) => concept.startsWith('topic:'))
      .map(({ concept }) => concept.slice('topic:'.length)),
  );
  const [only] = found;
  return found.size === 1 && only !== undefined && only in knowledge.topics ? only : undefined;
}
