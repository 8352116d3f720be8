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

/** How sure the ranker is of each answer and aspect. */
export interface Ranking {
  /** Best first, probabilities that add up to 1. */
  readonly candidates: readonly Candidate[];
  readonly aspects: ReadonlyMap<AspectId, number>;
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

  return (features) => {
    const log = logProbabilities(model.classifier, features);
    const at = (column: number) => log[column] as number;
    const scores = answers.map((_, i) => {
      const topic = at(topicAt[i] as number);
      const aspect = at(aspectAt[i] as number);
      const own = direct[i] ? at(i) : topic + aspect;
      return (own + topicWeight * topic + aspectWeight * aspect) / temperature;
    });
    const max = Math.max(...scores);
    const shares = scores.map((score) => Math.exp(score - max));
    const sum = shares.reduce((a, b) => a + b, 0);
    const candidates = answers
      .map((id, i) => ({ id, score: (shares[i] as number) / sum }))
      .sort((a, b) => b.score - a.score);
    const firstAspect = answers.length + topics.length;
    return {
      candidates,
      aspects: new Map(aspects.map((aspect, i) => [aspect, Math.exp(at(firstAspect + i))])),
    };
  };
}
