import type { AnswerId, AspectId, TopicId } from '../knowledge/index.ts';
import { type Classifier, type Head, logProbabilities } from './classifier.ts';
import { extractFeatures, type Features } from './features.ts';
import type { Reading } from './reading.ts';
import { SETTINGS, type Settings } from './settings.ts';
import { type Example, train } from './training.ts';
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

function headsFor(ids: readonly AnswerId[]): Head[] {
  return [
    { name: 'answer', labels: ids },
    { name: 'topic', labels: [...new Set(ids.map(topicOf))] },
    { name: 'aspect', labels: [...new Set(ids.map(aspectOf))] },
  ];
}

/**
 * Learns from phrasings which answer, topic and aspect a message is about.
 *
 * @param ids every answer of the catalogue, also those without phrasings: topic and aspect reach them
 */
export function teach(
  ids: readonly AnswerId[],
  lessons: readonly Lesson[],
  settings: Settings = SETTINGS,
): RankerModel {
  const heads = headsFor(ids);
  const columnOf = heads.map((head) => new Map(head.labels.map((label, i) => [label, i])));
  const examples = lessons.map(
    ({ id, reading }): Example => ({
      features: extractFeatures(reading, settings.families),
      labels: [id, topicOf(id), aspectOf(id)].map((label, h) => columnOf[h]?.get(label) ?? -1),
    }),
  );
  return {
    classifier: train(heads, examples, settings),
    taught: [...new Set(lessons.map((lesson) => lesson.id))],
  };
}

/** Turns what was learnt into a function from message to answers. */
export function createRanker(model: RankerModel, settings: Settings = SETTINGS): Ranker {
  const { topicWeight, aspectWeight, temperature } = settings;
  const [answers, topics, aspects] = model.classifier.heads.map((head) => head.labels) as [
    readonly string[],
    readonly string[],
    readonly string[],
  ];
  const topicAt = answers.map((id) => answers.length + topics.indexOf(topicOf(id)));
  const aspectAt = answers.map((id) => answers.length + topics.length + aspects.indexOf(aspectOf(id)));
  const taught = new Set(model.taught);
  const direct = answers.map((id) => taught.has(id));
  const firstAspect = answers.length + topics.length;

  return (features) => {
    const log = logProbabilities(model.classifier, features);
    const shares = new Float64Array(answers.length);
    for (let i = 0; i < shares.length; i++) {
      const topic = log[topicAt[i] as number] as number;
      const aspect = log[aspectAt[i] as number] as number;
      const own = direct[i] ? (log[i] as number) : topic + aspect;
      shares[i] = (own + topicWeight * topic + aspectWeight * aspect) / temperature;
    }
    toShares(shares);
    return {
      answers: { labels: answers, shares },
      aspects: { labels: aspects, shares: log.subarray(firstAspect).map(Math.exp) },
    };
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
