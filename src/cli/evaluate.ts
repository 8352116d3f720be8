/**
 * `npm run evaluate`: how well questions are understood that nobody wrote as phrasings.
 *
 *   --folder DIR    further sets of questions        --failures   lists what went wrong
 *   --json FILE     all figures                      --html FILE  a report with plots
 *   --baseline      Fuse.js, MiniSearch and nlp.js on the same phrasings and questions, in the same run
 *   --cross         cross-validation over the phrasings (about a minute)
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  confusions,
  type Dialogue,
  type Measured,
  measure,
  measureFollowUps,
  type Question,
  reliability,
  type Summary,
  summarise,
} from '../evaluation/index.ts';
import { openBrain, ROOT } from './open.ts';

const args = process.argv.slice(2);
const argument = (flag: string) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);
const DIALOGUES = 'dialogues.jsonl';
const PARTS = 5;
/** Bare Fuse.js takes a tenth of a second a question: the baselines get every nth question only. */
const BASELINE_EVERY = 6;
const MOST_PAIRS = 8;

async function readLines<T>(file: string): Promise<T[]> {
  return (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

async function readQuestions(folder: string): Promise<Question[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl') && name !== DIALOGUES);
  return (await Promise.all(files.sort().map((name) => readLines<Question>(join(folder, name))))).flat();
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`.padStart(7);

function row(name: string, s: Summary): string {
  const cells = [
    s.right,
    s.halfRight,
    s.outOfScope,
    s.falseRefusals,
    s.safety,
    s.falseAlarms,
    s.locale,
    s.figures,
  ];
  return `${name.padEnd(16)}${String(s.count).padStart(6)}  ${cells.map(percent).join(' ')}`;
}

function groups(measured: readonly Measured[], key: (one: Measured) => string): Map<string, Summary> {
  const names = [...new Set(measured.map(key))].sort();
  return new Map(names.map((name) => [name, summarise(measured.filter((one) => key(one) === name))]));
}

function printTable(title: string, summaries: ReadonlyMap<string, Summary>): void {
  console.log([title, ...[...summaries].map(([name, summary]) => row(name, summary))].join('\n'));
}

const brain = await openBrain();
const all: Measured[] = [];
for (const folder of [join(ROOT, 'test', 'evaluation'), argument('--folder')].filter(
  (one) => one !== undefined,
)) {
  const measured = (await readQuestions(folder)).map((question) => measure(brain, question));
  all.push(...measured);
  console.log(`\n${folder}`);
  console.log(`${' '.repeat(16)} count    right    half  out-of-  false-   safety  false-   locale figures`);
  console.log(`${' '.repeat(16)}                         scope  refusal           alarm`);
  printTable(
    'by language',
    groups(measured, ({ question }) => question.locale),
  );
  printTable(
    'by style',
    groups(measured, ({ question }) => question.style),
  );
  printTable(
    'by persona',
    groups(measured, ({ question }) => question.persona),
  );
}

const followUps = measureFollowUps(
  brain,
  await readLines<Dialogue>(join(ROOT, 'test', 'evaluation', DIALOGUES)),
);
console.log(`\nfollow-ups: ${followUps.right} of ${followUps.count} right`);
console.log('reliability (score: right):');
for (const { count, meanScore, right } of reliability(all)) {
  console.log(`  ${meanScore.toFixed(2)}: ${right.toFixed(2)}  (${count})`);
}
console.log('taken for one another:');
for (const { pair, count } of confusions(all).slice(0, MOST_PAIRS)) console.log(`  ${count}  ${pair}`);

if (args.includes('--failures')) {
  for (const { question, answer, choices } of all.filter(({ right }) => !right)) {
    console.log(
      `${question.locale} ${JSON.stringify(question.text)}: expected ${question.expect}, got ${answer ?? choices.join(' or ')}`,
    );
  }
}
if (args.includes('--cross')) {
  const { crossValidate } = await import('../evaluation/crossValidation.ts');
  console.log(
    `cross-validation, ${PARTS} parts: ${percent(crossValidate(brain.knowledge, PARTS, new Date()))} right`,
  );
}
if (args.includes('--baseline')) {
  const { bareFuse, miniSearch, nlpJs, phrasingsOf } = await import('../evaluation/baselines.ts');
  const phrasings = phrasingsOf(brain.knowledge);
  const sample = all.filter((_, i) => i % BASELINE_EVERY === 0).map(({ question }) => question);
  const ours = {
    name: 'this bot',
    answer: async (text: string, locale: string) =>
      brain.turn(undefined, text, { locale }).message.answer?.id,
  };
  console.log(`\non ${sample.length} of these questions   right    median ms`);
  for (const one of [ours, miniSearch(phrasings), await nlpJs(phrasings), bareFuse(phrasings)]) {
    const times: number[] = [];
    let right = 0;
    for (const { text, locale, expect, accept = [] } of sample) {
      const start = performance.now();
      const id = await one.answer(text, locale);
      times.push(performance.now() - start);
      if (id !== undefined && [expect, ...accept].includes(id)) right++;
    }
    const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
    console.log(`${one.name.padEnd(24)} ${percent(right / sample.length)}  ${median.toFixed(3).padStart(9)}`);
  }
}
const json = argument('--json');
if (json !== undefined)
  await writeFile(
    json,
    JSON.stringify(
      { summary: summarise(all), followUps, reliability: reliability(all), measured: all },
      null,
      2,
    ),
  );
const html = argument('--html');
if (html !== undefined) {
  const { htmlReport } = await import('../evaluation/report.ts');
  await writeFile(
    html,
    htmlReport(
      groups(all, ({ question }) => question.locale),
      all,
    ),
  );
}
