/** `npm run knowledge check [--json]` and `npm run knowledge confirm`: is every file right, and what must staff still confirm? */
import { type Answer, type Knowledge, loadKnowledge, type Problem } from '../knowledge/index.ts';
import { describeProblem, ROOT } from './open.ts';

const [command, ...flags] = process.argv.slice(2);

/** A line for each answer: phrasings and review state in each language. */
function table({ answers, locales }: Knowledge): string {
  const cell = (answer: Answer | undefined) =>
    answer ? `${answer.phrasings.length} ${answer.state}` : 'missing';
  const rows = Object.entries(answers).map(([id, inLocales]) => [
    id,
    ...locales.map((locale) => cell(inLocales[locale])),
  ]);
  return [['answer', ...locales], ...rows]
    .map((row) => row.map((text, i) => text.padEnd(i === 0 ? 28 : 16)).join(''))
    .join('\n');
}

/** Everything whose review state says that a fact in it is open. */
function toConfirm({ answers, contacts, locales }: Knowledge): string[] {
  const texts = Object.values(answers)
    .flatMap((inLocales) => Object.values(inLocales))
    .filter(({ state }) => state === 'to-confirm')
    .map(({ file, reviewed }) => `${file}  (last reviewed ${reviewed})`);
  const numbers = Object.values(contacts)
    .filter(({ state }) => state === 'to-confirm')
    .map(({ id, values, reviewed }) => {
      const shown = locales.flatMap((locale) => values[locale] ?? []);
      return `knowledge/contacts.yaml  ${id}: ${[...new Set(shown)].join(', ')}  (last reviewed ${reviewed})`;
    });
  return [...numbers, ...texts];
}

function finish(problems: readonly Problem[], knowledge: Knowledge | undefined): void {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (flags.includes('--json')) console.log(JSON.stringify({ errors, problems }));
  else {
    for (const problem of problems) console.log(`${describeProblem(problem)}\n`);
    if (knowledge) console.log(`${table(knowledge)}\n`);
    console.log(`${errors} error(s), ${problems.length - errors} warning(s).`);
  }
  process.exitCode = errors > 0 ? 1 : 0;
}

const loaded = await loadKnowledge(ROOT);
if (command === 'confirm' && loaded.ok) {
  const open = toConfirm(loaded.knowledge);
  console.log(`${open.join('\n')}\n\n${open.length} entries for staff to confirm.`);
} else if (command === 'check' || command === 'confirm') {
  finish(loaded.ok ? loaded.warnings : loaded.problems, loaded.ok ? loaded.knowledge : undefined);
} else {
  console.error('Use: npm run knowledge check [-- --json], or: npm run knowledge confirm');
  process.exitCode = 2;
}
