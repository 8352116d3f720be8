import type { AnswerId, Lexicon } from '../knowledge/index.ts';
import type { CompiledLexicon } from './lexicon.ts';
import type { Heard } from './listen.ts';
import { compilePatterns, createFindPatterns, type Span } from './patterns.ts';
import type { Candidate } from './types.ts';

/** Safety answers, the most urgent first: where two are called for, this order decides. */
export const SAFETY_ANSWERS: readonly AnswerId[] = [
  'safety.crisis',
  'safety.danger',
  'safety.abuse',
  'safety.harmful',
  'safety.own-behaviour',
];

/** One or two words say little ("more", in Dutch, stands in half of all crises): of these one must be surer. */
const FEW_WORDS = 2;
/**
 * Probability of a call for help from which there is an alarm. Of 7,199 questions that were not learnt, it finds 99.2 % of
 * the calls, and 0.9 % of the others reach it; it is set where a missed call weighs more than a safety answer too many.
 */
const CALL_THRESHOLD = 0.4;
const CALL_THRESHOLD_OF_FEW = 0.9;
/** A refusal, or help with one's own behaviour, hurts whoever did not mean that: below this, most did not. */
const CALL_THRESHOLD_NOT_URGENT = 0.6;
/** Where the message as a whole is less likely a call than this, no part of it is believed to be one. */
export const LEAST_CALL = 0.25;

/**
 * Words of abuse and danger also tell what somebody saw or fears ("a website that shows children being abused"): where the
 * whole message is less likely a call than this, they raise no alarm. Words of suicide always do.
 */
const LEAST_CALL_OF_PHRASE: Readonly<Record<AnswerId, number>> = {
  'safety.abuse': 0.008,
  'safety.danger': 0.05,
};

/** Phrases of one language, ready to be looked for. */
export interface Alarms {
  readonly findAlarms: (tokens: readonly string[]) => readonly { readonly value: AnswerId }[];
  readonly findHarmless: (tokens: readonly string[]) => readonly { readonly span: Span }[];
}

/** @param known words of the files, in every language */
export function compileAlarms(
  lexicon: Lexicon,
  { abbreviations }: CompiledLexicon,
  known: ReadonlySet<string>,
): Alarms {
  const alarms = SAFETY_ANSWERS.flatMap((id) =>
    (lexicon.alarms[id] ?? [])
      .flatMap((phrase) => compilePatterns(phrase, abbreviations, true))
      .map((pattern) => ({ value: id, pattern })),
  );
  const harmless = lexicon.harmless
    .flatMap((phrase) => compilePatterns(phrase, abbreviations, false))
    .map((pattern) => ({ value: undefined, pattern }));
  return { findAlarms: createFindPatterns(alarms, known), findHarmless: createFindPatterns(harmless, known) };
}

/** Stands for a word that is not looked at; no phrase accepts it. */
const COVERED = '#covered';

/**
 * The message with the phrases covered that only sound like an alarm: of "dying of laughter but I want to die" the second
 * half is left. What stands around them does not grow together. The same array where there is nothing to cover.
 */
export function withoutHarmless(tokens: readonly string[], { findHarmless }: Alarms): readonly string[] {
  const found = findHarmless(tokens);
  if (found.length === 0) return tokens;
  return tokens.map((token, at) =>
    found.some(({ span }) => at >= span.from && at < span.to) ? COVERED : token,
  );
}

/** The most urgent alarm phrase in the message. */
export function findAlarm(tokens: readonly string[], { findAlarms }: Alarms): AnswerId | undefined {
  const found = new Set(findAlarms(tokens).map(({ value }) => value));
  return SAFETY_ANSWERS.find((id) => found.has(id));
}

/** Whether an alarm phrase is to be believed in a message that sounds like this. */
export function isBelieved(alarm: AnswerId, { call }: Heard): boolean {
  return call.score >= (LEAST_CALL_OF_PHRASE[alarm] ?? 0);
}

/** For these, what is most urgent comes first; between the others the more probable one is given. */
const URGENT: ReadonlySet<AnswerId> = new Set(['safety.crisis', 'safety.danger', 'safety.abuse']);

export function isUrgent(id: AnswerId): boolean {
  return URGENT.has(id);
}

/** The alarm to answer where several were raised. */
export function mostUrgent(raised: readonly Candidate[]): Candidate | undefined {
  const urgent = SAFETY_ANSWERS.filter((id) => URGENT.has(id)).flatMap((id) =>
    raised.filter((one) => one.id === id),
  );
  return urgent[0] ?? [...raised].sort((a, b) => b.score - a.score)[0];
}

function callThreshold(id: AnswerId, count: number): number {
  if (!isUrgent(id)) return CALL_THRESHOLD_NOT_URGENT;
  return count <= FEW_WORDS ? CALL_THRESHOLD_OF_FEW : CALL_THRESHOLD;
}

/** The safety answer that is probable enough in a message of so many words. */
export function probableAlarm({ call }: Heard, count: number): Candidate | undefined {
  return call.score >= callThreshold(call.id, count) ? call : undefined;
}
