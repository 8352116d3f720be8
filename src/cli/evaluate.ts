/**
 * `npm run evaluate`: how well questions are understood that nobody wrote as phrasings.
 * `--json FILE` writes all figures; `--failures` lists what went wrong; `--folder DIR` adds sets of questions.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Measured, measure, type Question, type Summary, summarise } from '../evaluation/index.ts';
import { openBrain, ROOT } from './open.ts';

const args = process.argv.slice(2);
const argument = (flag: string) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);

async function readQuestions(folder: string): Promise<Question[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  const texts = await Promise.all(files.sort().map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Question),
  );
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`.padStart(7);

function row(
  name: string,
  { count, right, halfRight, outOfScope, falseRefusals, safety, falseAlarms, locale, figures }: Summary,
): string {
  const cells = [right, halfRight, outOfScope, falseRefusals, safety, falseAlarms, locale, figures];
  return `${name.padEnd(16)}${String(count).padStart(6)}  ${cells.map(percent).join(' ')}`;
}

function table(title: string, measured: readonly Measured[], key: (one: Measured) => string): string {
  const names = [...new Set(measured.map(key))].sort();
  return [
    title,
    ...names.map((name) => row(name, summarise(measured.filter((one) => key(one) === name)))),
  ].join('\n');
}

const brain = await openBrain();
const folders = [
  join(ROOT, 'test', 'evaluation'),
  ...(argument('--folder') ? [argument('--folder') as string] : []),
];
for (const folder of folders) {
  const measured = (await readQuestions(folder)).map((question) => measure(brain, question));
  console.log(`\n${folder}`);
  console.log(`${' '.repeat(16)} count    right    half  out-of-  false-   safety  false-   locale figures`);
  console.log(`${' '.repeat(16)}                         scope  refusal           alarm`);
  console.log(table('by language', measured, ({ question }) => question.locale));
  console.log(table('by style', measured, ({ question }) => question.style));
  console.log(table('by persona', measured, ({ question }) => question.persona));
  if (args.includes('--failures')) {
    for (const { question, answer, choices } of measured.filter((one) => !one.right)) {
      console.log(
        `${question.locale} ${JSON.stringify(question.text)}: expected ${question.expect}, got ${answer ?? choices.join(' or ')}`,
      );
    }
  }
  const file = argument('--json');
  if (file !== undefined)
    await writeFile(file, JSON.stringify({ folder, summary: summarise(measured), measured }, null, 2));
}
