import type { Brain } from '../brain.ts';
import { bareFuse, miniSearch, nlpJs, phrasingsOf } from './baselines.ts';
import type { Question } from './measure.ts';

/** How one way of answering did on some questions. */
export interface Compared {
  readonly name: string;
  /** Share of the questions answered right (0–1). */
  readonly right: number;
  /** Median time for one question, in milliseconds. */
  readonly median: number;
}

/** This bot and its peers on the same phrasings and questions, one after the other. None is told the language. */
export async function compare(brain: Brain, questions: readonly Question[]): Promise<readonly Compared[]> {
  const phrasings = phrasingsOf(brain.knowledge);
  const ours = {
    name: 'this bot',
    answer: async (text: string) => brain.turn(undefined, text, {}).message.answer?.id,
  };
  const compared: Compared[] = [];
  for (const one of [ours, miniSearch(phrasings), await nlpJs(phrasings), bareFuse(phrasings)]) {
    const times: number[] = [];
    let right = 0;
    for (const { text, expect, accept = [] } of questions) {
      const start = performance.now();
      const id = await one.answer(text);
      times.push(performance.now() - start);
      if (id !== undefined && [expect, ...accept].includes(id)) right++;
    }
    const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
    compared.push({ name: one.name, right: right / questions.length, median });
  }
  return compared;
}
