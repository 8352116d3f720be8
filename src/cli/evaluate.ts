/** `npm run evaluate`: how well questions are understood that nobody wrote as phrasings. See `USE`. */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  confusions,
  type Dialogue,
  type Measured,
  measure,
  measureFollowUps,
  type Question,
  reliability,
  type Summary,
  summariesBy,
  summarise,
} from '../evaluation/index.ts';
import { readCall } from './call.ts';
import { openBrain, ROOT } from './open.ts';

const USE = `Use: npm run evaluate [-- options]
  --folder DIR    only the sets of questions in this folder
  --failures      lists what went wrong
  --json FILE     all figures
  --html FILE     a report with plots
  --baseline      Fuse.js, MiniSearch and nlp.js on the same phrasings and some of the questions, in the same run (a quarter of an hour)
  --cross         cross-validation over the phrasings (minutes)
  --tune          looks for better settings by cross-validation over the phrasings, never over the questions (hours)`;

const flag = { type: 'boolean', default: false } as const;
const { values } = readCall(USE, {
  folder: { type: 'string' },
  failures: flag,
  json: { type: 'string' },
  html: { type: 'string' },
  baseline: flag,
  cross: flag,
  tune: flag,
});
const DIALOGUES = 'dialogues.jsonl';
const PARTS = 5;
/** Bare Fuse.js takes seconds for a question: this bot and the baselines get so many, spread over all. */
const COMPARED = 60;
const MOST_PAIRS = 8;
const SETS = join(ROOT, 'test', 'evaluation');
const FOLDERS = [SETS, join(SETS, 'fresh'), join(ROOT, '..', 'shared', 'evaluation')];

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

function printTable(title: string, summaries: ReadonlyMap<string, Summary>): void {
  console.log([title, ...[...summaries].map(([name, summary]) => row(name, summary))].join('\n'));
}

const GROUPS: Readonly<Record<string, (one: Measured) => string>> = {
  language: ({ question }) => question.locale,
  style: ({ question }) => question.style,
  persona: ({ question }) => question.persona,
};

if (values.tune) {
  const { loadKnowledge } = await import('../knowledge/index.ts');
  const { tuneReport } = await import('../evaluation/tune.ts');
  const loaded = await loadKnowledge(ROOT);
  if (!loaded.ok) throw new Error('the knowledge has errors: npm run knowledge check');
  tuneReport(loaded.knowledge, console.log);
  process.exit(0);
}

const brain = await openBrain();
const all: Measured[] = [];
for (const folder of values.folder === undefined ? FOLDERS.filter(existsSync) : [values.folder]) {
  const measured = (await readQuestions(folder)).map((question) => measure(brain, question));
  all.push(...measured);
  console.log(`\n${relative(ROOT, folder)}`);
  console.log(`${' '.repeat(16)} count    right    half  out-of-  false-   safety  false-   locale figures`);
  console.log(`${' '.repeat(16)}                         scope  refusal           alarm`);
  for (const [name, key] of Object.entries(GROUPS)) printTable(`by ${name}`, summariesBy(measured, key));
}

const followUps = measureFollowUps(brain, await readLines<Dialogue>(join(SETS, DIALOGUES)));
console.log(`\nfollow-ups: ${followUps.right} of ${followUps.count} right`);
console.log(`asked back: ${percent(summarise(all).asked)} of all messages`);
console.log('reliability (score: right):');
for (const { count, meanScore, right } of reliability(all)) {
  console.log(`  ${meanScore.toFixed(2)}: ${right.toFixed(2)}  (${count})`);
}
console.log('taken for one another:');
for (const { pair, count } of confusions(all).slice(0, MOST_PAIRS)) console.log(`  ${count}  ${pair}`);

if (values.failures) {
  for (const { question, answer, choices } of all.filter(({ right }) => !right)) {
    console.log(
      `${question.locale} ${JSON.stringify(question.text)}: expected ${question.expect}, got ${answer ?? choices.join(' or ')}`,
    );
  }
}
let crossValidation: number | undefined;
if (values.cross) {
  const { crossValidate } = await import('../evaluation/crossValidation.ts');
  crossValidation = crossValidate(brain.knowledge, PARTS, new Date());
  console.log(`cross-validation, ${PARTS} parts: ${percent(crossValidation)} right`);
}
if (values.baseline) {
  const { compare } = await import('../evaluation/compare.ts');
  const every = Math.ceil(all.length / COMPARED);
  const sample = all.filter((_, i) => i % every === 0).map(({ question }) => question);
  const compared = await compare(brain, sample);
  console.log(`\non ${sample.length} of these questions   right    median ms`);
  for (const { name, right, median } of compared) {
    console.log(`${name.padEnd(24)} ${percent(right)}  ${median.toFixed(3).padStart(9)}`);
  }
}
if (values.json !== undefined) {
  const groups = Object.fromEntries(
    Object.entries(GROUPS).map(([name, key]) => [name, Object.fromEntries(summariesBy(all, key))]),
  );
  const figures = {
    summary: summarise(all),
    groups,
    followUps,
    reliability: reliability(all),
    confusions: confusions(all),
    ...(crossValidation !== undefined && { crossValidation }),
    measured: all,
  };
  await writeFile(values.json, JSON.stringify(figures, null, 2));
}
if (values.html !== undefined) {
  const { htmlReport } = await import('../evaluation/report.ts');
  await writeFile(values.html, htmlReport(all, followUps));
}
