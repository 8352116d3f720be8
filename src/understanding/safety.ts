import type { AnswerId, Lexicon } from '../knowledge/index.ts';
import { type CompiledLexicon, expand } from './lexicon.ts';
import { normalise, words } from './normalise.ts';
import type { Candidate } from './types.ts';

/** Safety answers, the most urgent first: where two are called for, this order decides. */
export const SAFETY_ANSWERS: readonly AnswerId[] = [
  'safety.crisis',
  'safety.danger',
  'safety.abuse',
  'safety.own-behaviour',
  'safety.harmful',
];

/**
 * Probability from which the ranker alone raises an alarm. Lower for those where silence costs most.
 * Found with `npm run evaluate -- --tune`.
 */
const ALARM_THRESHOLDS: Readonly<Record<AnswerId, number>> = {
  'safety.crisis': 0.3,
  'safety.danger': 0.35,
  'safety.abuse': 0.35,
  'safety.own-behaviour': 0.4,
  'safety.harmful': 0.4,
};

/** Phrases of one language, normalised, with a space on either side. */
export interface Alarms {
  readonly phrases: readonly { readonly id: AnswerId; readonly phrase: string }[];
  readonly harmless: readonly string[];
}

export function compileAlarms(lexicon: Lexicon, compiled: CompiledLexicon): Alarms {
  const plain = (phrase: string) => padded(expand(words(normalise(phrase)), compiled.abbreviations));
  return {
    phrases: SAFETY_ANSWERS.flatMap((id) =>
      (lexicon.alarms[id] ?? []).map((phrase) => ({ id, phrase: plain(phrase) })),
    ),
    harmless: lexicon.harmless.map(plain),
  };
}

function padded(tokens: readonly string[]): string {
  return ` ${tokens.join(' ')} `;
}

function alarmIn(text: string, alarms: Alarms): AnswerId | undefined {
  return alarms.phrases.find(({ phrase }) => text.includes(phrase))?.id;
}

/**
 * True where a phrase says that the words only sound like an alarm, and nothing else in the message is one:
 * "dying of laughter" silences, "dying of laughter but I want to die" does not.
 */
export function isHarmless(tokens: readonly string[], alarms: Alarms): boolean {
  const text = padded(tokens);
  const found = alarms.harmless.filter((phrase) => text.includes(phrase));
  if (found.length === 0) return false;
  const rest = found.reduce((left, phrase) => left.replaceAll(phrase, ' '), text);
  return alarmIn(rest, alarms) === undefined;
}

/** The most urgent alarm phrase in the message. */
export function findAlarm(tokens: readonly string[], alarms: Alarms): AnswerId | undefined {
  return alarmIn(padded(tokens), alarms);
}

/** For these, what is most urgent comes first; between the others the more probable one is given. */
const URGENT: ReadonlySet<AnswerId> = new Set(['safety.crisis', 'safety.danger', 'safety.abuse']);

/** The safety answer the ranker is sure enough of. */
export function rankedAlarm(candidates: readonly Candidate[]): Candidate | undefined {
  const raised = candidates.filter(
    ({ id, score }) => score >= (ALARM_THRESHOLDS[id] ?? Number.POSITIVE_INFINITY),
  );
  const urgent = SAFETY_ANSWERS.filter((id) => URGENT.has(id)).flatMap((id) =>
    raised.filter((one) => one.id === id),
  );
  return urgent[0] ?? raised[0];
}
