import { type Classifier, type Course, type Learnt, learnInTurn } from '../classifier/index.ts';
import {
  type AnswerId,
  dialogName,
  type Knowledge,
  type Locale,
  type Option,
  type TopicId,
} from '../knowledge/index.ts';
import { createChoose } from './choices.ts';
import { conceptsOf, findGroups, findRole, findTone, isComparison } from './entities/people.ts';
import { createLanguageGuess } from './language.ts';
import { type Language, lessonsOf, prepareLanguages, readSentences, type Sentences } from './languages.ts';
import { createListen } from './listen.ts';
import { createChooseLocale, teachLocales } from './locale.ts';
import { normalise, words } from './normalise.ts';
import {
  aspectOf,
  bestOf,
  joinRanker,
  prepareRanker,
  type RankerModel,
  type Ranking,
  topicOf,
} from './ranker.ts';
import { type Reading, readWords } from './reading.ts';
import { createSafeguard } from './safeguard.ts';
import type { ChoiceMade, Command, Setting, Understanding } from './types.ts';

/** Everything learnt from the phrasings; plain data, the same for the same files. */
export interface UnderstandingModel {
  readonly ranker: RankerModel;
  readonly locales: Classifier;
}

/** Changes with everything that makes a stored model useless: the features, the classifier, the reading of words. */
export const MODEL_VERSION = 23;

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
/** Score of an alarm raised by a phrase, or by a call that staff wrote down; the ranker's are guesses. */
const CERTAIN_ALARM = 1;

/** What there is to learn, made ready; its learners may learn side by side. */
export interface Study {
  readonly course: Course;
  /** @param learnt what each learner of the course found, in their order */
  finish(learnt: readonly Learnt[]): UnderstandingModel;
}

/** Makes phrasings and calls for help ready to learn from. */
export function study(knowledge: Knowledge): Study {
  const sentences = readSentences(knowledge);
  const course = prepareRanker(Object.keys(knowledge.answers), lessonsOf(knowledge, sentences));
  return {
    course,
    finish: (learnt) => ({ ranker: joinRanker(course, learnt), locales: teachLocales(sentences) }),
  };
}

/** Learns, one learner after the other. Takes many seconds; the result may be cached under the key of its lesson. */
export function learn(knowledge: Knowledge): UnderstandingModel {
  const { course, finish } = study(knowledge);
  return finish(learnInTurn(course));
}

/** Sentences that start a dialog. */
function openingsOf({ dialogs }: Knowledge, locale: Locale) {
  return Object.values(dialogs).flatMap(({ id, sentences }) =>
    (sentences[locale] ?? []).map((sentence) => ({ id: dialogName(id), normalised: normalise(sentence) })),
  );
}

/** Sentences known word for word: titles (the buttons send them) and phrasings. */
function exactMatches(
  knowledge: Knowledge,
  sentences: ReadonlyMap<Locale, Sentences>,
): ReadonlyMap<string, readonly { id: AnswerId; locale: Locale }[]> {
  const exact = new Map<string, { id: AnswerId; locale: Locale }[]>();
  for (const [locale, { phrasings }] of sentences) {
    for (const { id, normalised } of [...openingsOf(knowledge, locale), ...phrasings]) {
      const entries = exact.get(normalised) ?? [];
      if (!entries.some((entry) => entry.locale === locale)) entries.push({ id, locale });
      exact.set(normalised, entries);
    }
  }
  return exact;
}

/**
 * Messages of the lists of calls, word for word: a call that staff wrote down is heard whatever was learnt, and what they
 * wrote down as harmless is none.
 */
function writtenCalls({ calls }: Sentences): ReadonlyMap<string, AnswerId> {
  return new Map(calls.map(({ id, normalised }) => [normalised, id]));
}

export function createUnderstand(knowledge: Knowledge, model: UnderstandingModel): Understand {
  const sentences = readSentences(knowledge);
  const languages = prepareLanguages(knowledge, sentences);
  const listen = createListen(model.ranker);
  const watch = createSafeguard(languages, listen);
  const chooseLocale = createChooseLocale(knowledge, model.locales, createLanguageGuess(knowledge.locales));
  const exact = exactMatches(knowledge, sentences);
  const calls = new Map([...sentences].map(([locale, inLocale]) => [locale, writtenCalls(inLocale)]));
  const choose = createChoose();
  const aspects = new Set(Object.keys(knowledge.aspects));
  // A safety answer is never given as a mere guess: it is an alarm before.
  const guessable = new Set(Object.keys(knowledge.answers).filter((id) => topicOf(id) !== 'safety'));

  function findCommand(key: string, preferred: Locale): Command | undefined {
    const commandIn = (locale: Locale) => languages.get(locale)?.lexicon.commands.get(key);
    const command = commandIn(preferred) ?? knowledge.locales.map(commandIn).find((one) => one !== undefined);
    return command as Command | undefined;
  }

  function inOrder(...locales: readonly (Locale | undefined)[]): Language[] {
    return [...new Set(locales)].flatMap((locale) => (locale && languages.get(locale)) || []);
  }

  function findChoice(
    key: string,
    options: readonly Option[],
    prior: Locale | undefined,
    chosen: Locale,
  ): ChoiceMade | undefined {
    return choose(key, options, inOrder(prior, chosen, ...knowledge.locales), inOrder(chosen, prior));
  }

  /** The button of an answer that the language of the conversation does not have: its title stands in another one. */
  function isForeignButton(key: string, id: AnswerId, locale: Locale, prior: Locale | undefined): boolean {
    const answers = knowledge.answers[id] ?? {};
    return (
      prior !== undefined && !Object.hasOwn(answers, prior) && normalise(answers[locale]?.title ?? '') === key
    );
  }

  /** The sentence that is known word for word, in the language of the message. */
  function findTwin(key: string, prior: Locale | undefined, chosen: Locale) {
    const twins = exact.get(key) ?? [];
    const button = twins.find(({ id, locale }) => isForeignButton(key, id, locale, prior));
    return (
      twins.find(({ locale }) => locale === (prior ?? chosen)) ??
      // A tap on such a button is no change of language.
      (button && prior !== undefined ? { id: button.id, locale: prior } : undefined) ??
      twins.find(({ locale }) => locale === chosen)
    );
  }

  /** Under which answer staff wrote the message down, word for word, in the language heard or that of the conversation. */
  function findWritten(key: string, chosen: Locale, prior: Locale | undefined): AnswerId | undefined {
    return calls.get(chosen)?.get(key) ?? (prior === undefined ? undefined : calls.get(prior)?.get(key));
  }

  /** A bare topic after "and" ("and sextortion?") names no aspect: the one of before carries over. */
  function namedAspect(ranking: Ranking, count: number, bareTopic: boolean): string | undefined {
    if (bareTopic) return undefined;
    const least = count <= FEW_WORDS ? NAMED_BY_FEW_WORDS : NAMED;
    const [best] = bestOf(ranking.aspects, 1, aspects);
    return best && best.score >= least ? best.id : undefined;
  }

  return (message, setting) => {
    const utterance = message.replace(LINK, ' ');
    const holdsLink = utterance !== message;
    const key = normalise(utterance);
    const raw = words(key);
    const chosen = chooseLocale(utterance, raw, setting.locale);
    const choice = setting.options && findChoice(key, setting.options, setting.locale, chosen.locale);
    const tapped = choice?.by === 'label';
    const twin = tapped ? undefined : findTwin(key, setting.locale, chosen.locale);
    const locale = (choice?.by === 'words' ? undefined : choice?.locale) ?? twin?.locale ?? chosen.locale;
    const language = languages.get(locale) as Language;
    const reading = readWords(raw, language);
    const command = findCommand(key, locale);
    const years = language.findYears(utterance, raw, setting.now);
    const concepts = conceptsOf(reading.mentions);
    const role = findRole(concepts);
    const tone = findTone(concepts, role);
    const entities = {
      years,
      comparison: isComparison(concepts, years),
      groups: findGroups(concepts),
      ...(role && { role }),
      ...(tone && { tone }),
    };
    const base = {
      locale,
      locales: chosen.probabilities,
      entities,
      holdsLink,
      ...(command && { command }),
      ...(choice && { choice }),
    };
    if (raw.length === 0) return { ...base, candidates: [], elliptical: false };

    const heard = listen(reading);
    const { ranking } = heard;
    // What staff wrote under an answer is believed. A button says no more than what it leads to.
    const written = tapped ? undefined : (twin?.id ?? findWritten(key, locale, setting.locale));
    const isCall = written !== undefined && topicOf(written) === 'safety';
    const certainlyOther = tapped || (written !== undefined && !isCall);
    const alarm = isCall
      ? { id: written, score: CERTAIN_ALARM }
      : watch(raw, { utterance, locale, reading, heard, probabilities: chosen.probabilities });
    // To a question, "me" is an answer, and "that's not what I meant" is said to the bot: only words that are an alarm in
    // themselves raise one then.
    const answers = command !== undefined || (choice !== undefined && choice.by !== 'words');
    const safety = certainlyOther || (answers && alarm?.score !== CERTAIN_ALARM) ? undefined : alarm;
    const ranked = bestOf(ranking.answers, CANDIDATES, safety ? undefined : guessable);
    const topic = namedTopic(reading, knowledge);
    const elliptical = language.followUps.some((opening) => key === opening || key.startsWith(`${opening} `));
    const bareTopic = elliptical && topic !== undefined && raw.length <= BARE_WORDS;
    const aspect = twin ? aspectOf(twin.id) : namedAspect(ranking, raw.length, bareTopic);
    return {
      ...base,
      ...(safety && { safety }),
      candidates: twin ? [{ id: twin.id, score: 1 }] : ranked,
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
