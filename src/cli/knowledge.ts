/** `npm run knowledge`: are the files right, what is missing, what must staff confirm? See `usage` in the messages. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  buildKnowledge,
  editAnswer,
  fill,
  inLanguage,
  type Knowledge,
  messagesIn,
  type Problem,
  readKnowledge,
  STAFF_LANGUAGES,
  type StaffLanguage,
  setReviewed,
} from '../knowledge/index.ts';
import { loadModel } from '../learning/index.ts';
import {
  type Agreed,
  agreedNow,
  commonConcepts,
  inFileOrder,
  newAnswer,
  overview,
  readStandards,
  review,
  strayPhrasings,
} from '../review/index.ts';
import { readCall, WRONG_CALL } from './call.ts';
import { ROOT } from './open.ts';

const AGREED = 'knowledge/translations.json';
/** Exit code where the files are wrong, for CI. */
const WRONG = 1;

const staffLanguage = (wanted: string): StaffLanguage =>
  STAFF_LANGUAGES.find((one) => one === wanted) ?? 'en';
const LOCAL = process.env.LANG?.slice(0, 2) ?? 'en';

const { values: flags, positionals } = readCall(
  messagesIn(staffLanguage(LOCAL)).usage,
  {
    lang: { type: 'string', default: LOCAL },
    json: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
    root: { type: 'string', default: ROOT },
  },
  Number.POSITIVE_INFINITY,
);
const language = staffLanguage(flags.lang);
const messages = messagesIn(language);
const today = new Date().toISOString().slice(0, 10);

const read = await readKnowledge(flags.root);
const loaded = buildKnowledge(read);
const standards = readStandards(read.files);

async function readAgreed(): Promise<Agreed> {
  const text = await readFile(join(flags.root, AGREED), 'utf8').catch(() => '{}');
  return JSON.parse(text) as Agreed;
}

function describe(one: Problem): string {
  const { severity, file, line, column, field, text, message, mend } = inLanguage(one, language);
  const where = `${messages.severity[severity]}  ${file}:${line}:${column}${field ? `  ${field}` : ''}`;
  return [where, ...(text ? [`  > ${text}`] : []), `  ${message}`, `  → ${mend}`].join('\n');
}

/** All problems: those that keep the bot from using a file, and those that a careful reader would find. */
async function allProblems(): Promise<readonly Problem[]> {
  if (!loaded.ok) return [...loaded.problems, ...(standards.ok ? [] : standards.problems)];
  if (!standards.ok) return standards.problems;
  const { knowledge, places, warnings } = loaded;
  const model = await loadModel(knowledge, join(flags.root, '.cache'));
  const now = new Date();
  const agreed = await readAgreed();
  return inFileOrder([
    ...warnings,
    ...review({ knowledge, places, standards: standards.standards, agreed, now }),
    ...commonConcepts(knowledge, places),
    ...strayPhrasings(knowledge, places, model, now),
  ]);
}

async function check(): Promise<void> {
  const problems = await allProblems();
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  if (flags.json) {
    const worded = problems.map((one) => inLanguage(one, language));
    console.log(JSON.stringify({ errors, warnings, problems: worded }));
  } else {
    for (const one of problems) console.log(`${describe(one)}\n`);
    if (loaded.ok) console.log(`${overview(loaded.knowledge, language)}\n`);
    const { report } = messages;
    console.log(
      problems.length === 0 ? report.none : `${errors} ${report.errors}, ${warnings} ${report.warnings}.`,
    );
  }
  process.exitCode = errors > 0 || (flags.strict && warnings > 0) ? WRONG : 0;
}

/** The knowledge without answers that are not finished: who began one may begin another. */
function finished(): Knowledge | undefined {
  if (loaded.ok) return loaded.knowledge;
  const faulty = new Set(loaded.problems.map(({ file }) => file));
  const isRead = (path: string) => !(path.startsWith('knowledge/answers/') && faulty.has(path));
  const rest = buildKnowledge({
    files: read.files.filter(({ path }) => isRead(path)),
    problems: read.problems.filter(({ file }) => isRead(file)),
  });
  return rest.ok ? rest.knowledge : undefined;
}

/** Makes the files of a new answer, and leaves those that exist. */
async function makeNew(knowledge: Knowledge, name: string): Promise<void> {
  if (!standards.ok) return check();
  const files = newAnswer(name, knowledge, standards.standards.rules, today);
  if (!files) return misused(fill(messages.new.name, { name }));
  const topic = name.split('.')[0] ?? '';
  const known = Object.keys(knowledge.answers).some((id) => id.startsWith(`${topic}.`));
  if (!known && !Object.hasOwn(knowledge.topics, topic)) console.log(fill(messages.new.unknown, { topic }));
  for (const { path, text } of files) {
    const file = join(flags.root, path);
    await mkdir(dirname(file), { recursive: true });
    const made = await writeFile(file, text, { flag: 'wx' }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
        process.exitCode = WRONG;
        return false;
      },
    );
    console.log(fill(made ? messages.new.made : messages.new.exists, { file: path }));
  }
  console.log(messages.new.next);
}

/** Notes that translations say what their source says: all that are not behind, or the ones of an answer. */
async function confirmTranslations(knowledge: Knowledge, ids: readonly string[]): Promise<void> {
  if (!standards.ok) return check();
  const { source } = standards.standards.rules;
  let agreed = await readAgreed();
  for (const id of ids) {
    const answers = knowledge.answers[id];
    if (!answers) return misused(fill(messages.new.nothing, { name: id }));
    for (const answer of Object.values(answers)) {
      if (answer.locale === source) continue;
      await editAnswer(flags.root, answer, (text) => setReviewed(text, today));
      console.log(fill(messages.new.translated, { file: answer.file, date: today }));
    }
    agreed = Object.fromEntries(Object.entries(agreed).filter(([known]) => known !== id));
  }
  const again = buildKnowledge(await readKnowledge(flags.root));
  const noted = agreedNow(again.ok ? again.knowledge : knowledge, source, agreed);
  await writeFile(join(flags.root, AGREED), `${JSON.stringify(noted, null, 1)}\n`);
  const count = Object.values(noted).reduce((sum, one) => sum + Object.keys(one).length, 0);
  console.log(fill(messages.new.recorded, { count }));
}

/** Everything whose review state says that a fact in it is open. */
function toConfirm({ answers, contacts, locales }: Knowledge): string[] {
  const reviewed = (date: string) => `(${fill(messages.report.reviewed, { date })})`;
  const texts = Object.values(answers)
    .flatMap((inLocales) => Object.values(inLocales))
    .filter(({ state }) => state === 'to-confirm')
    .map((answer) => `${answer.file}  ${reviewed(answer.reviewed)}`);
  const numbers = Object.values(contacts)
    .filter(({ state }) => state === 'to-confirm')
    .map((contact) => {
      const shown = locales.flatMap((locale) => contact.values[locale] ?? []);
      const values = [...new Set(shown)].join(', ');
      return `knowledge/contacts.yaml  ${contact.id}: ${values}  ${reviewed(contact.reviewed)}`;
    });
  return [...numbers, ...texts];
}

function misused(message: string): void {
  console.error(message);
  process.exitCode = WRONG_CALL;
}

const [command, ...rest] = positionals;
const [name] = rest;
if (command === 'check') await check();
else if (command === 'new' && name === undefined) misused(messages.usage);
else if (command === 'new') {
  const knowledge = finished();
  if (knowledge) await makeNew(knowledge, name ?? '');
  else await check();
} else if (command === 'confirm' || command === 'translated') {
  if (!loaded.ok) await check();
  else if (command === 'translated') await confirmTranslations(loaded.knowledge, rest);
  else {
    const open = toConfirm(loaded.knowledge);
    console.log(`${open.join('\n')}\n\n${fill(messages.report.confirm, { count: open.length })}`);
  }
} else misused(messages.usage);
