import {
  type Classifier,
  type Course,
  type Example,
  type Features,
  joinLearners,
  type Learnt,
  learnInTurn,
  logProbabilities,
  prepareCourse,
} from '../classifier/index.ts';
import type { AnswerId, AspectId, TopicId } from '../knowledge/index.ts';
import { extractFeatures } from './features.ts';
import type { Reading } from './reading.ts';
import { SETTINGS, type Settings } from './settings.ts';
import type { Candidate } from './types.ts';

/** A phrasing as the ranker learns it. */
export interface Lesson {
  readonly id: AnswerId;
  readonly reading: Reading;
}

/** Everything the ranker learnt; plain data that can be cached. */
export interface RankerModel {
  readonly classifier: Classifier;
  /** Answers that had at least one phrasing. */
  readonly taught: readonly AnswerId[];
}

/** How sure the ranker is of each answer and aspect: probabilities, in the order of its labels, that add up to 1. */
export interface Ranking {
  readonly answers: Shares;
  readonly aspects: Shares;
}

/** `shares[i]` is the probability of `labels[i]`. Bare numbers: of each message, few become candidates. */
export interface Shares {
  readonly labels: readonly string[];
  readonly shares: Float64Array;
}

export type Ranker = (features: Features) => Ranking;

/** `sexting.help` → `sexting`; `fallback` → `fallback`. */
export function topicOf(id: AnswerId): TopicId {
  return id.split('.')[0] ?? id;
}

/** `sexting.help` → `help`; `fallback` → `fallback`. */
export function aspectOf(id: AnswerId): AspectId {
  return id.split('.')[1] ?? id;
}

/**
 * What there is to learn: which answer a message is about.
 *
 * @param ids every answer of the catalogue, also those without phrasings: topic and aspect reach them
 */
export function prepareRanker(
  ids: readonly AnswerId[],
  lessons: readonly Lesson[],
  settings: Settings = SETTINGS,
): Course {
  const placeOf = new Map(ids.map((id, i) => [id, i]));
  const examples = lessons.flatMap(({ id, reading }): Example[] => {
    const label = placeOf.get(id);
    return label === undefined ? [] : [{ features: extractFeatures(reading, settings.families), label }];
  });
  return prepareCourse(ids, examples, settings);
}

/** @param learnt what each learner of the course found, in their order */
export function joinRanker(course: Course, learnt: readonly Learnt[]): RankerModel {
  const taught = [...new Set(course.truths)].map((label) => course.labels[label] as AnswerId);
  return { classifier: joinLearners(course, learnt), taught };
}

/** Learns from phrasings, one learner after the other. */
export function teach(
  ids: readonly AnswerId[],
  lessons: readonly Lesson[],
  settings: Settings = SETTINGS,
): RankerModel {
  const course = prepareRanker(ids, lessons, settings);
  return joinRanker(course, learnInTurn(course));
}

/** Answers that have a topic, or an aspect, in common. */
interface Groups {
  readonly labels: readonly string[];
  /** For each answer, the place of its group among the labels. */
  readonly at: readonly number[];
}

function groupBy(ids: readonly AnswerId[], groupOf: (id: AnswerId) => string): Groups {
  const labels = [...new Set(ids.map(groupOf))];
  return { labels, at: ids.map((id) => labels.indexOf(groupOf(id))) };
}

/** Probability of each group: the sum over its answers. */
function sharesOf({ labels, at }: Groups, shares: Float64Array): Float64Array {
  const sums = new Float64Array(labels.length);
  for (let i = 0; i < shares.length; i++) {
    const group = at[i] as number;
    sums[group] = (sums[group] as number) + (shares[i] as number);
  }
  return sums;
}

/** Turns what was learnt into a function from message to answers. */
export function createRanker(model: RankerModel, settings: Settings = SETTINGS): Ranker {
  const { topicWeight, aspectWeight, temperature } = settings;
  const { labels } = model.classifier;
  const topics = groupBy(labels, topicOf);
  const aspects = groupBy(labels, aspectOf);
  const taught = new Set(model.taught);
  const direct = labels.map((id) => taught.has(id));

  return (features) => {
    const logs = logProbabilities(model.classifier, features);
    const alone = logs.map(Math.exp);
    const aspectShares = sharesOf(aspects, alone);
    const logTopics = sharesOf(topics, alone).map(Math.log);
    const logAspects = aspectShares.map(Math.log);
    const shares = new Float64Array(labels.length);
    for (let i = 0; i < shares.length; i++) {
      const topic = logTopics[topics.at[i] as number] as number;
      const aspect = logAspects[aspects.at[i] as number] as number;
      // Of an answer without phrasings nothing was learnt; others of its topic and of its aspect tell of it.
      const own = direct[i] ? (logs[i] as number) : topic + aspect;
      shares[i] = (own + topicWeight * topic + aspectWeight * aspect) / temperature;
    }
    toShares(shares);
    return { answers: { labels, shares }, aspects: { labels: aspects.labels, shares: aspectShares } };
  };
}

/** Turns logarithms of likelihoods into probabilities, in place. */
function toShares(logs: Float64Array): void {
  let max = Number.NEGATIVE_INFINITY;
  for (const log of logs) max = Math.max(max, log);
  let sum = 0;
  for (let i = 0; i < logs.length; i++) {
    logs[i] = Math.exp((logs[i] as number) - max);
    sum += logs[i] as number;
  }
  for (let i = 0; i < logs.length; i++) logs[i] = (logs[i] as number) / sum;
}

/** The most probable labels among those accepted, the best first. */
export function bestOf({ labels, shares }: Shares, most: number, accept?: ReadonlySet<string>): Candidate[] {
  const best: Candidate[] = [];
  for (let i = 0; i < shares.length; i++) {
    const score = shares[i] as number;
    const id = labels[i] as string;
    if (best.length === most && score <= (best.at(-1) as Candidate).score) continue;
    if (accept && !accept.has(id)) continue;
    const after = best.findIndex((one) => one.score < score);
    best.splice(after < 0 ? best.length : after, 0, { id, score });
    if (best.length > most) best.pop();
  }
  return best;
}
