import { FALLBACK, type Knowledge } from '../knowledge/index.ts';
import {
  bestOf,
  type Candidate,
  createRanker,
  extractFeatures,
  type Lesson,
  lessonsOf,
  SAFETY_ANSWERS,
  SETTINGS,
  type Settings,
  teach,
  topicOf,
} from '../understanding/index.ts';

/** A phrasing, and what a ranker that had not learnt it makes of it. */
export interface Prediction {
  readonly id: string;
  readonly candidates: readonly Candidate[];
}

const PARTS = 3;
/** Each number is tried this much smaller and larger. */
const FACTORS = [0.75, 1.33];
const LEAST_SCORE = 1e-6;
/** Of phrasings that call for no help, at most this share may raise an alarm by the ranker alone. */
const FALSE_ALARMS = 0.004;

/** Every phrasing predicted by a ranker that learnt the others: each part is left out once. */
export function predictLeftOut(
  lessons: readonly Lesson[],
  ids: readonly string[],
  settings: Settings,
): readonly Prediction[] {
  return Array.from({ length: PARTS }, (_, part) => {
    const rank = createRanker(
      teach(
        ids,
        lessons.filter((_, i) => i % PARTS !== part),
        settings,
      ),
      settings,
    );
    return lessons
      .filter((_, i) => i % PARTS === part)
      .map(({ id, reading }) => ({
        id,
        candidates: bestOf(rank(extractFeatures(reading, settings.families)).answers, ids.length),
      }));
  }).flat();
}

/** Mean surprise at the right answer, in nats: low where the ranker is right and as sure as it may be. */
export function logLoss(predictions: readonly Prediction[]): number {
  const losses = predictions.map(({ id, candidates }) => {
    const score = candidates.find((one) => one.id === id)?.score ?? 0;
    return -Math.log(Math.max(score, LEAST_SCORE));
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

type Knob = readonly [name: string, value: number, set: (settings: Settings, value: number) => Settings];

function knobsOf(settings: Settings): readonly Knob[] {
  const families = Object.entries(settings.families).map(
    ([name, value]): Knob => [
      name,
      value,
      (given, changed) => ({ ...given, families: { ...given.families, [name]: changed } }),
    ],
  );
  const others = (
    [
      'rate',
      'unitRate',
      'outputRate',
      'hiddenSigns',
      'hiddenUnits',
      'topicWeight',
      'aspectWeight',
      'temperature',
    ] as const
  ).map((name): Knob => [name, settings[name], (given, changed) => ({ ...given, [name]: changed })]);
  return [...others, ...families];
}

/**
 * One round of coordinate descent: each number in turn keeps the value with the least log-loss on phrasings left out.
 * The evaluation questions are not touched.
 */
export function tune(knowledge: Knowledge, report: (line: string) => void): Settings {
  const lessons = lessonsOf(knowledge);
  const ids = Object.keys(knowledge.answers);
  const lossOf = (settings: Settings) => logLoss(predictLeftOut(lessons, ids, settings));
  let best = SETTINGS;
  let least = lossOf(best);
  report(`log-loss ${least.toFixed(4)} with the present settings`);
  for (const [name, value, set] of knobsOf(SETTINGS)) {
    for (const factor of FACTORS) {
      const changed = Number((value * factor).toPrecision(2));
      const settings = set(best, changed);
      const loss = lossOf(settings);
      report(`${name} ${changed}: ${loss.toFixed(4)}${loss < least ? ' better' : ''}`);
      if (loss < least) [best, least] = [settings, loss];
    }
  }
  return best;
}

/** What a threshold for giving the best answer would do to the phrasings left out. */
export interface SureStep {
  readonly threshold: number;
  readonly right: number;
  readonly wrong: number;
  readonly falseRefusals: number;
}

const SURE_STEPS = [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55];

/** For the threshold of `conversation/select.ts`. */
export function sureSteps(predictions: readonly Prediction[]): readonly SureStep[] {
  const inside = predictions.filter(({ id }) => id !== FALLBACK);
  return SURE_STEPS.map((threshold) => {
    const given = predictions.filter(({ candidates: [best] }) => (best?.score ?? 0) >= threshold);
    const right = given.filter(({ id, candidates }) => candidates[0]?.id === id).length;
    const refused = inside.filter(
      ({ candidates: [best] }) => best?.id === FALLBACK || (best?.score ?? 0) < threshold,
    );
    return {
      threshold,
      right: right / predictions.length,
      wrong: (given.length - right) / predictions.length,
      falseRefusals: refused.length / inside.length,
    };
  });
}

/** For `understanding/safety.ts`: the lowest probability at which an answer raises few false alarms, and what it then finds. */
export interface AlarmStep {
  readonly id: string;
  readonly threshold: number;
  readonly recall: number;
}

export function alarmThresholds(predictions: readonly Prediction[]): readonly AlarmStep[] {
  const scoreOf = (id: string) => (prediction: Prediction) =>
    prediction.candidates.find((one) => one.id === id)?.score ?? 0;
  const harmless = predictions.filter(({ id }) => topicOf(id) !== 'safety');
  return SAFETY_ANSWERS.map((id) => {
    const scores = harmless.map(scoreOf(id)).sort((a, b) => b - a);
    const threshold = scores[Math.floor(scores.length * FALSE_ALARMS)] ?? 1;
    const calls = predictions.filter((prediction) => prediction.id === id);
    const recall = calls.filter((call) => scoreOf(id)(call) > threshold).length / calls.length;
    return { id, threshold, recall };
  });
}

/** Prints what the thresholds would do, and better settings where there are any. */
export function tuneReport(knowledge: Knowledge, report: (line: string) => void): void {
  const best = tune(knowledge, report);
  report(JSON.stringify(best, null, 2));
  const predictions = predictLeftOut(lessonsOf(knowledge), Object.keys(knowledge.answers), best);
  for (const { threshold, right, wrong, falseRefusals } of sureSteps(predictions)) {
    report(
      `answer from ${threshold}: right ${right.toFixed(3)}, wrong ${wrong.toFixed(3)}, false refusals ${falseRefusals.toFixed(3)}`,
    );
  }
  for (const { id, threshold, recall } of alarmThresholds(predictions)) {
    report(`${id} from ${threshold.toFixed(2)}: finds ${recall.toFixed(3)} by the ranker alone`);
  }
}
