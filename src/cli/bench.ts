/**
 * `npm run bench`: time to understand one utterance, time to learn and memory, at the shipped knowledge and at
 * 3,000 and 30,000 phrasings made from real ones; the same for bare Fuse.js, MiniSearch and nlp.js, as ratios in one run.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Baseline, bareFuse, miniSearch, nlpJs, phrasingsOf } from '../evaluation/baselines.ts';
import { withPhrasings } from '../evaluation/generate.ts';
import type { Question } from '../evaluation/index.ts';
import type { Knowledge } from '../knowledge/index.ts';
import { createUnderstand, learn } from '../understanding/index.ts';
import { readCall } from './call.ts';
import { openBrain, ROOT } from './open.ts';

readCall(
  'Use: npm run bench\nTimes this bot beside Fuse.js, MiniSearch and nlp.js, in one run; about a quarter of an hour.',
  {},
);

const SIZES = [3000, 30_000];
const SEED = 1;
const ROUNDS = 5;
/** Questions for the baselines, which are slower by far. */
const FEW = 30;
/** Milliseconds of questions that are not timed: the engine translates first what is called often. */
const WARM_UP = 2000;

type Row = { name: string; learning: number; p50: number; p99: number; megabytes: number };

function percentile(times: readonly number[], share: number): number {
  return [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}

const megabytes = () => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
};

function timeOurs(knowledge: Knowledge, questions: readonly Question[]): Row {
  const before = megabytes();
  const start = performance.now();
  const understand = createUnderstand(knowledge, learn(knowledge));
  const learning = performance.now() - start;
  const now = new Date();
  for (const { text } of questions) understand(text, { now });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const { text } of questions) {
      const begun = performance.now();
      understand(text, { now });
      times.push(performance.now() - begun);
    }
  }
  return {
    name: 'this bot',
    learning,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    megabytes: megabytes() - before,
  };
}

async function timeBaseline(
  make: () => Baseline | Promise<Baseline>,
  questions: readonly Question[],
): Promise<Row> {
  const before = megabytes();
  const { name, learning, answer } = await make();
  const warm = performance.now() + WARM_UP;
  for (const { text } of questions) if (performance.now() < warm) await answer(text);
  const times: number[] = [];
  for (const { text } of questions) {
    const begun = performance.now();
    await answer(text);
    times.push(performance.now() - begun);
  }
  return {
    name,
    learning,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    megabytes: megabytes() - before,
  };
}

function print(rows: readonly Row[]): void {
  const ours = rows[0];
  console.log('                p50 ms   p99 ms   learning ms   memory MB   p50 compared with this bot');
  for (const { name, p50, p99, learning, megabytes: size } of rows) {
    const ratio = ours ? `${(p50 / ours.p50).toFixed(1)}×` : '';
    console.log(
      `${name.padEnd(14)}${p50.toFixed(3).padStart(9)}${p99.toFixed(3).padStart(9)}${learning.toFixed(0).padStart(13)}${size.toFixed(0).padStart(12)}   ${ratio}`,
    );
  }
}

const { knowledge } = await openBrain();
const questions: Question[] = [];
for (const locale of knowledge.locales) {
  const file = await readFile(join(ROOT, 'test', 'evaluation', `${locale}.jsonl`), 'utf8').catch(() => '');
  questions.push(
    ...file
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Question),
  );
}
const few = questions.filter((_, i) => i % Math.ceil(questions.length / FEW) === 0);
// nlp.js reports every epoch of its training; the table is all that matters here.
const { info } = console;
const quietly = async <T>(work: () => Promise<T>): Promise<T> => {
  const { log } = console;
  console.log = () => undefined;
  console.info = () => undefined;
  try {
    return await work();
  } finally {
    console.log = log;
    console.info = info;
  }
};
for (const sized of [knowledge, ...SIZES.map((size) => withPhrasings(knowledge, size, SEED))]) {
  const phrasings = phrasingsOf(sized);
  console.log(`\n${phrasings.length} phrasings`);
  const rows = [
    timeOurs(sized, questions),
    await timeBaseline(() => miniSearch(phrasings), few),
    await timeBaseline(() => bareFuse(phrasings), few),
    // It takes minutes to learn that many.
    await quietly(() => timeBaseline(() => nlpJs(phrasings), few)),
  ];
  print(rows);
}
