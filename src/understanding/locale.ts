import { type Classifier, logProbabilities, train } from '../classifier/index.ts';
import type { Knowledge, Locale } from '../knowledge/index.ts';
import { extractWordFeatures } from './features.ts';
import type { LanguageGuess } from './language.ts';
import type { Sentences } from './languages.ts';
import { ASCII, normalise, words } from './normalise.ts';
import { SETTINGS } from './settings.ts';

/** The language of a message, and how probable each language is. */
export interface LocaleChoice {
  readonly locale: Locale;
  readonly probabilities: Readonly<Record<Locale, number>>;
}

/** @param plain words of the text, normalised */
export type ChooseLocale = (
  text: string,
  plain: readonly string[],
  prior: Locale | undefined,
) => LocaleChoice;

/** How much a conversation in one language speaks against another, as a factor on the odds. */
const PRIOR_ODDS = 6;
/** The same for a single word, which may be a word of several languages ("en"). */
const PRIOR_ODDS_ONE_WORD = 60;
/**
 * Probability from which the phrasings alone decide. Of 6,099 messages that were not learnt, one in fifty is less sure;
 * there the general detector is heard too, which costs as much as an eighth of all else and elsewhere changes nothing.
 */
const SURE = 0.9;

/** A word belongs to a language by itself: a hidden layer or a second learner would find nothing more, and cost time. */
const PLAIN = { learners: 1, units: 0 };

/** Words that are the same in several languages must not vote: names and synonyms that two locales share. */
function sharedWords(knowledge: Knowledge): Set<string> {
  const seen = new Map<string, Set<Locale>>();
  for (const topic of Object.values(knowledge.topics)) {
    for (const locale of knowledge.locales) {
      const terms = [topic.names[locale] ?? '', ...(topic.synonyms[locale] ?? [])];
      for (const term of terms.flatMap((one) => words(normalise(one)))) {
        const locales = seen.get(term) ?? new Set();
        seen.set(term, locales.add(locale));
      }
    }
  }
  for (const lexicon of Object.values(knowledge.lexicons)) {
    for (const [concept, phrases] of Object.entries(lexicon.concepts)) {
      if (concept !== 'app' && concept !== 'game') continue;
      for (const term of phrases.flatMap((one) => words(normalise(one)))) {
        const locales = seen.get(term) ?? new Set();
        seen.set(term, locales.add(lexicon.locale));
      }
    }
  }
  return new Set([...seen].filter(([, locales]) => locales.size > 1).map(([term]) => term));
}

/** Finds names that are the same in several languages ("Child Focus", "Take It Down"): they tell nothing either. */
function sharedNames(knowledge: Knowledge): RegExp {
  const shared = Object.values(knowledge.contacts).flatMap((contact) => {
    const names = Object.values(contact.names).map(normalise);
    return names.filter((name, i) => names.indexOf(name) !== i);
  });
  // Normalised names hold letters, digits and spaces only, so nothing in them means something else here.
  const phrases = [...new Set(shared)].map((name) => name.replaceAll(' ', '\\s+'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

/** Words as typed, in lower case, with their accents: these tell languages apart even in a single word. */
function typedWords(text: string): readonly string[] {
  return (
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{M}]+/gu) ?? []
  );
}

/** Typed words that lose something when they are normalised. */
function accentedWords(text: string): readonly string[] {
  if (ASCII.test(text)) return [];
  return typedWords(text).filter((word) => !ASCII.test(word) && word !== normalise(word));
}

/** Words without accents, as many people type them, and once more those with accents. */
function localeFeatures(plain: readonly string[], accented: readonly string[]) {
  return extractWordFeatures([...plain, ...accented], SETTINGS.families);
}

/** Learns from all sentences of the files which language is which; the spelling is left as people type it. */
export function teachLocales(sentences: ReadonlyMap<Locale, Sentences>): Classifier {
  const labels = [...sentences.keys()];
  const examples = [...sentences.values()].flatMap(({ phrasings, calls }, label) =>
    [...phrasings, ...calls].map(({ phrasing, normalised }) => ({
      features: localeFeatures(words(normalised), accentedWords(phrasing)),
      label,
    })),
  );
  return train(labels, examples, { ...SETTINGS, ...PLAIN });
}

/** Combines the general detector, what the phrasings teach and the language of the conversation. */
export function createChooseLocale(
  knowledge: Knowledge,
  classifier: Classifier,
  guess: LanguageGuess,
): ChooseLocale {
  const shared = sharedWords(knowledge);
  const names = sharedNames(knowledge);
  const first = knowledge.locales[0] as Locale;
  return (text, plain, prior) => {
    const unnamed = words(normalise(plain.join(' ').replace(names, '')));
    // A name alone says something only where nothing else does.
    const said = unnamed.length > 0 || prior !== undefined ? unnamed : plain;
    const voting = said.filter((word) => !shared.has(word) && !/\d/.test(word));
    if (voting.length === 0) return { locale: prior ?? first, probabilities: { [prior ?? first]: 1 } };
    const votes = (word: string) => !shared.has(normalise(word));
    const accented = accentedWords(text).filter(votes);
    const own = logProbabilities(classifier, localeFeatures(voting, accented)).map(Math.exp);
    const general =
      Math.max(...own) < SURE
        ? guess(typedWords(text.replace(names, ' ')).filter(votes).join(' '))
        : undefined;
    const priorOdds = voting.length === 1 ? PRIOR_ODDS_ONE_WORD : PRIOR_ODDS;
    const odds = knowledge.locales.map(
      (locale, i) => (own[i] as number) * (general?.[locale] ?? 1) * (locale === prior ? priorOdds : 1),
    );
    const sum = odds.reduce((a, b) => a + b, 0);
    const best = odds.indexOf(Math.max(...odds));
    return {
      locale: knowledge.locales[best] as Locale,
      probabilities: Object.fromEntries(
        knowledge.locales.map((locale, i) => [locale, (odds[i] as number) / sum]),
      ),
    };
  };
}
