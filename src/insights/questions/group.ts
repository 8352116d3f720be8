import { createHash } from 'node:crypto';
import type { AnswerId, Locale } from '../../knowledge/index.ts';
import { normalise } from '../../understanding/index.ts';
import { type Day, daysBefore } from '../days.ts';
import type { Question } from './question.ts';

/** A question as it is kept: on which day, and how often that day. */
export interface StoredQuestion extends Question {
  readonly day: Day;
  readonly count: number;
}

/** Questions that are alike. */
export interface QuestionGroup {
  /** Names the group in a form; made of its words, so that it stays the same while the group does. */
  readonly key: string;
  readonly locale: Locale;
  readonly count: number;
  readonly days: readonly Day[];
  /** The most frequent texts first. */
  readonly texts: readonly string[];
  /** Answers that were near, most often first. */
  readonly near: readonly AnswerId[];
  readonly askedBack: boolean;
}

/** Cosine from which two texts with the same nearest answer are alike. Found with `npm run likeness`. */
export const ALIKE = 0.3;
const GRAM = 3;

type Vector = ReadonlyMap<string, number>;

/** Letters in threes within words ("_gr", "gro", …): alike through endings and slips. */
function grams(text: string): string[] {
  return normalise(text)
    .split(' ')
    .flatMap((word) => {
      const padded = `_${word}_`;
      return Array.from({ length: Math.max(1, padded.length - GRAM + 1) }, (_, i) =>
        padded.slice(i, i + GRAM),
      );
    });
}

/** Vectors of length one, rare pieces weighing more than frequent ones. */
function vectorsOf(texts: readonly string[]): Vector[] {
  const all = texts.map(grams);
  const inTexts = new Map<string, number>();
  for (const one of all) for (const gram of new Set(one)) inTexts.set(gram, (inTexts.get(gram) ?? 0) + 1);
  return all.map((one) => {
    const weights = new Map<string, number>();
    for (const gram of one) {
      const rarity = Math.log(1 + texts.length / (inTexts.get(gram) ?? 1));
      weights.set(gram, (weights.get(gram) ?? 0) + rarity);
    }
    const length = Math.hypot(...weights.values());
    return new Map([...weights].map(([gram, weight]) => [gram, weight / length]));
  });
}

function cosine(a: Vector, b: Vector): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [gram, weight] of few) sum += weight * (many.get(gram) ?? 0);
  return sum;
}

/**
 * Indexes of texts that are alike: each text joins the group whose first text it is most like, or begins one. Texts come in
 * the order of their weight, so that a group is named after its most frequent text.
 */
export function clusters(texts: readonly string[], alike: number = ALIKE): readonly (readonly number[])[] {
  const vectors = vectorsOf(texts);
  const groups: number[][] = [];
  vectors.forEach((vector, i) => {
    let best: number[] | undefined;
    let most = alike;
    for (const group of groups) {
      const likeness = cosine(vector, vectors[group[0] as number] as Vector);
      if (likeness >= most) {
        best = group;
        most = likeness;
      }
    }
    if (best) best.push(i);
    else groups.push([i]);
  });
  return groups;
}

function mostFrequentFirst<T>(counted: ReadonlyMap<T, number>): T[] {
  return [...counted].sort(([, a], [, b]) => b - a).map(([value]) => value);
}

function groupFrom(questions: readonly StoredQuestion[]): QuestionGroup {
  const texts = new Map<string, number>();
  const near = new Map<AnswerId, number>();
  for (const { text, count, near: ids } of questions) {
    texts.set(text, (texts.get(text) ?? 0) + count);
    ids.forEach((id, rank) => {
      near.set(id, (near.get(id) ?? 0) + count / (rank + 1));
    });
  }
  const ordered = mostFrequentFirst(texts);
  const locale = questions[0]?.locale ?? '';
  return {
    key: createHash('sha256')
      .update(`${locale}\n${ordered.toSorted().join('\n')}`)
      .digest('hex')
      .slice(0, 16),
    locale,
    count: questions.reduce((sum, { count }) => sum + count, 0),
    days: [...new Set(questions.map(({ day }) => day))].sort(),
    texts: ordered,
    near: mostFrequentFirst(near),
    askedBack: questions.some(({ reason }) => reason === 'asked-back'),
  };
}

/**
 * Groups of alike questions, the largest first: of one language, nearest to the same answer, and alike in their letters.
 * Letters alone put "how do I report" and "how do I recognise" together.
 */
export function groupQuestions(questions: readonly StoredQuestion[]): readonly QuestionGroup[] {
  return Object.values(Object.groupBy(questions, ({ locale, near }) => `${locale} ${near[0] ?? ''}`))
    .flatMap((ofLocale = []) => {
      const byText = Object.values(Object.groupBy(ofLocale, ({ text }) => text)).map((same = []) => same);
      const weight = (same: readonly StoredQuestion[]) => same.reduce((sum, { count }) => sum + count, 0);
      byText.sort((a, b) => weight(b) - weight(a));
      const texts = byText.map((same) => same[0]?.text ?? '');
      return clusters(texts).map((indexes) => groupFrom(indexes.flatMap((i) => byText[i] ?? [])));
    })
    .sort((a, b) => b.count - a.count);
}

/** A group is shown from so many messages, on at least two days: one insistent person is not a group. */
export const LEAST_GROUP = 5;
const LEAST_DAYS = 2;
/** A smaller one only after so many days, when nobody can tie it to a moment. */
export const DELAY_DAYS = 7;
/** Then it is erased. */
export const KEPT_DAYS = 30;

/** The groups that may be shown. Questions of the present day are not looked at yet. */
export function shownGroups(questions: readonly StoredQuestion[], today: Day): readonly QuestionGroup[] {
  const old = daysBefore(today, DELAY_DAYS);
  return groupQuestions(questions.filter(({ day }) => day < today)).filter(
    ({ count, days }) =>
      (count >= LEAST_GROUP && days.length >= LEAST_DAYS) || days.every((day) => day <= old),
  );
}
