import type { Brain } from '../brain.ts';
import { FALLBACK } from '../knowledge/index.ts';
import { topicOf } from '../understanding/index.ts';

/** One line of an evaluation set. */
export interface Question {
  readonly text: string;
  readonly locale: string;
  readonly expect: string;
  /** Answers that are equally right. */
  readonly accept?: readonly string[];
  /** Digits that the reply must show, without separators. */
  readonly contains?: readonly string[];
  readonly persona: string;
  readonly style: string;
}

/** What became of one question. */
export interface Measured {
  readonly question: Question;
  readonly answer: string | null;
  readonly choices: readonly string[];
  readonly score: number;
  readonly right: boolean;
  /** The bot asked back, and the right answer was among the choices. */
  readonly halfRight: boolean;
  readonly localeRight: boolean;
  readonly figuresRight: boolean;
}

/** Shares between 0 and 1; a share of nothing is 1 (0 for what should not happen). */
export interface Summary {
  readonly count: number;
  readonly right: number;
  readonly halfRight: number;
  /** Messages met with a choice. */
  readonly asked: number;
  /** Of the questions out of scope, those that were refused. */
  readonly outOfScope: number;
  /** Of the questions in scope, those that were refused. */
  readonly falseRefusals: number;
  /** Of the calls for help, those that got their safety answer. */
  readonly safety: number;
  /** Of all others, those that got a safety answer. */
  readonly falseAlarms: number;
  readonly locale: number;
  /** Of the questions that name digits, those whose reply shows them. */
  readonly figures: number;
}

export function measure(brain: Brain, question: Question): Measured {
  const { message } = brain.turn(undefined, question.text, {});
  const answer = message.answer?.id ?? null;
  const wanted = [question.expect, ...(question.accept ?? [])];
  const right = answer !== null && wanted.includes(answer);
  const digits = message.plain.replace(/[.,\s\u00a0](?=\d{3})/g, '');
  return {
    question,
    answer,
    choices: message.choices,
    score: message.answer?.score ?? 0,
    right,
    halfRight: !right && message.choices.some((id) => wanted.includes(id)),
    localeRight: message.locale === question.locale,
    figuresRight: (question.contains ?? []).every((number) => digits.includes(number)),
  };
}

function share(part: number, whole: number, ofNothing: number): number {
  return whole === 0 ? ofNothing : part / whole;
}

export function summarise(measured: readonly Measured[]): Summary {
  const count = (list: readonly Measured[], is: (one: Measured) => boolean) => list.filter(is).length;
  const outside = measured.filter(({ question }) => question.expect === FALLBACK);
  const inside = measured.filter(({ question }) => question.expect !== FALLBACK);
  const calls = measured.filter(({ question }) => topicOf(question.expect) === 'safety');
  const others = measured.filter(({ question }) => topicOf(question.expect) !== 'safety');
  const figures = measured.filter(({ question }) => (question.contains ?? []).length > 0);
  return {
    count: measured.length,
    right: share(
      count(measured, ({ right }) => right),
      measured.length,
      1,
    ),
    halfRight: share(
      count(measured, ({ halfRight }) => halfRight),
      measured.length,
      0,
    ),
    asked: share(
      count(measured, ({ choices }) => choices.length > 0),
      measured.length,
      0,
    ),
    outOfScope: share(
      count(outside, ({ right }) => right),
      outside.length,
      1,
    ),
    falseRefusals: share(
      count(inside, ({ answer }) => answer === FALLBACK),
      inside.length,
      0,
    ),
    safety: share(
      count(calls, ({ right }) => right),
      calls.length,
      1,
    ),
    falseAlarms: share(
      count(others, ({ answer }) => topicOf(answer ?? '') === 'safety'),
      others.length,
      0,
    ),
    locale: share(
      count(measured, ({ localeRight }) => localeRight),
      measured.length,
      1,
    ),
    figures: share(
      count(figures, ({ figuresRight, right }) => figuresRight && right),
      figures.length,
      1,
    ),
  };
}

/** One summary for each language, style, persona or whatever `key` tells apart, in alphabetical order. */
export function summariesBy(
  measured: readonly Measured[],
  key: (one: Measured) => string,
): ReadonlyMap<string, Summary> {
  const names = [...new Set(measured.map(key))].sort();
  return new Map(names.map((name) => [name, summarise(measured.filter((one) => key(one) === name))]));
}

/** A conversation of an evaluation set. */
export interface Dialogue {
  readonly locale: string;
  readonly turns: readonly Pick<Question, 'text' | 'expect' | 'accept' | 'contains'>[];
}

/** Of the turns after the first, those that got the answer expected. */
export function measureFollowUps(
  brain: Brain,
  dialogues: readonly Dialogue[],
): { readonly right: number; readonly count: number } {
  const results = dialogues.flatMap(({ locale, turns }) => {
    let state: Parameters<Brain['turn']>[0];
    return turns
      .map(({ text, expect, accept = [], contains = [] }) => {
        const { state: next, message } = brain.turn(state, text, { locale });
        state = next;
        const id = message.answer?.id ?? '';
        return [expect, ...accept].includes(id) && contains.every((digits) => message.plain.includes(digits));
      })
      .slice(1);
  });
  return { right: results.filter(Boolean).length, count: results.length };
}
