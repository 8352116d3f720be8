import type { Locale } from '../knowledge/index.ts';
import type { Language } from './languages.ts';
import { expand } from './lexicon.ts';
import type { Heard, Listen } from './listen.ts';
import { normalise, words } from './normalise.ts';
import { type Reading, readWords } from './reading.ts';
import {
  findAlarm,
  isBelieved,
  isUrgent,
  LEAST_CALL,
  mostUrgent,
  probableAlarm,
  withoutHarmless,
} from './safety.ts';
import type { Candidate } from './types.ts';

/** What is known of a message before it is searched for calls for help. */
interface Message {
  readonly locale: Locale;
  readonly reading: Reading;
  readonly heard: Heard;
  readonly probabilities: Readonly<Record<Locale, number>>;
  /** As typed: its signs tell where a clause ends. */
  readonly utterance: string;
}

/** What the search found in one language: an alarm phrase, or what was learnt. */
interface Watched {
  readonly alarm?: Candidate;
  readonly probable?: Candidate | undefined;
}

/** In languages at least this probable what was learnt may raise an alarm too; below, it sees words that are not there. */
const LIKELY_LOCALE = 0.2;

/** Probability of a call for help from which a harmless phrase beside it changes nothing. */
const NEARLY_CERTAIN = 0.985;

/** A clause alone lacks what stands around it: one must be surer of it than of a whole message. */
const SURE_OF_CLAUSE = 0.75;
/** Shorter ones say too little, and more than so many would take too long. */
const CLAUSE_WORDS = 4;
const MOST_CLAUSES = 12;
const END_OF_CLAUSE = /[.!?;:,…\n]+/;

/** The clauses of a long message, as words; none where it is a single one. */
function clausesOf(utterance: string): readonly (readonly string[])[] {
  const clauses = utterance
    .split(END_OF_CLAUSE)
    .map((clause) => words(normalise(clause)))
    .filter((clause) => clause.length >= CLAUSE_WORDS);
  return clauses.length > 1 ? clauses.slice(-MOST_CLAUSES) : [];
}

/**
 * Searches every message for calls for help: for alarm phrases in every language, whatever the language of the
 * conversation, and by what was learnt in those languages that the message may be in.
 */
export function createSafeguard(
  languages: ReadonlyMap<Locale, Language>,
  listen: Listen,
): (raw: readonly string[], message: Message) => Candidate | undefined {
  /** The message searched in one language. */
  function watchIn(language: Language, raw: readonly string[], message: Message): Watched {
    const own = language.locale === message.locale;
    const likely = own || (message.probabilities[language.locale] ?? 0) >= LIKELY_LOCALE;
    const reading = own ? message.reading : likely ? readWords(raw, language) : undefined;
    const tokens = reading?.tokens ?? expand(raw, language.lexicon.abbreviations);
    const heard = own ? message.heard : reading && listen(reading);
    const probable = heard && probableAlarm(heard, tokens.length);
    // Most messages hold neither: what only sounds like an alarm need not be looked for.
    if (!probable && !findAlarm(tokens, language.alarms)) return {};
    const left = withoutHarmless(tokens, language.alarms);
    const alarm = findAlarm(left, language.alarms);
    if (alarm && (!heard || isBelieved(alarm, heard))) return { alarm: { id: alarm, score: 1 } };
    // Beside a harmless phrase the very words stand that only sound like an alarm: less than near certainty is not believed.
    const believed = left === tokens || (probable?.score ?? 0) >= NEARLY_CERTAIN;
    return believed ? { probable } : {};
  }

  /** In a long story the one sentence that matters is outvoted by the others: each is looked at alone, too. */
  function watchClause(clause: readonly string[], { locale }: Message): Candidate | undefined {
    const language = languages.get(locale);
    const reading = language && readWords(clause, language);
    if (!reading || withoutHarmless(reading.tokens, language.alarms) !== reading.tokens) return undefined;
    const { call } = listen(reading);
    return isUrgent(call.id) && call.score >= SURE_OF_CLAUSE ? call : undefined;
  }

  return (raw, message) => {
    const found = [...languages.values()].map((language) => watchIn(language, raw, message));
    const clauses = message.heard.call.score < LEAST_CALL ? [] : clausesOf(message.utterance);
    return (
      mostUrgent(found.flatMap((one) => one.alarm ?? [])) ??
      mostUrgent(found.flatMap((one) => one.probable ?? [])) ??
      mostUrgent(clauses.flatMap((clause) => watchClause(clause, message) ?? []))
    );
  };
}
