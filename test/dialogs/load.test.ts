/** A dialog with an error is left out with file, line and mend; the others and the bot stay usable. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readDialogs } from '../../src/knowledge/dialogs/index.ts';
import { readFolder, type TextFile } from '../../src/knowledge/files.ts';
import { type Knowledge, loadKnowledge, type Problem } from '../../src/knowledge/index.ts';
import { openKnowledge, ROOT } from '../helpers.ts';

const FILE = 'dialogs/is-this.yaml';

let knowledge: Knowledge;
let files: readonly TextFile[];
beforeAll(async () => {
  knowledge = await openKnowledge();
  const [dialogs, locales] = await Promise.all([
    readFolder(ROOT, 'dialogs', ['.yaml']),
    readFolder(ROOT, 'locales', ['.json']),
  ]);
  files = [...dialogs.files, ...locales.files];
});

/** What is said about the shipped dialogs when one file is changed; only the dialog `is-this` must be refused. */
function refused(path: string, change: (text: string) => string): readonly Problem[] {
  const changed = files.map((file) => (file.path === path ? { path, text: change(file.text) } : file));
  expect(changed).not.toEqual(files);
  const { dialogs, problems } = readDialogs(changed, knowledge);
  expect(Object.keys(dialogs)).toEqual(['get-help', 'parents', 'quiz', 'remove', 'report']);
  return problems.filter(({ severity }) => severity === 'error');
}

/** A copy of the shipped files that a test may spoil. */
async function copy(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'dialogs-'));
  for (const folder of ['knowledge', 'locales', 'dialogs'])
    await cp(join(ROOT, folder), join(root, folder), { recursive: true });
  return root;
}

/** Line of the shipped file on which a text stands. */
const lineOf = (text: string) =>
  (files.find(({ path }) => path === FILE)?.text ?? '').split('\n').findIndex((line) => line.includes(text)) +
  1;

const told = (problems: readonly Problem[]) =>
  problems.map(({ file, line, message, mend }) => `${file}:${line} ${message} → ${mend}`).join('\n');

test.each<[string, (text: string) => string, RegExp]>([
  [
    'a choice that leads nowhere',
    (text) => text.replace('feeling: feeling', 'feeling:'),
    /is-this\.yaml:\d+ The choice "feeling" leads nowhere.*→ Write the name of a step/,
  ],
  [
    'a way to a step that does not exist',
    (text) => text.replace('feeling: feeling', 'feeling: felling'),
    /is-this\.yaml:\d+ This leads to "felling", and there is no such step.*feeling/,
  ],
  [
    'a step that no way leads to',
    (text) => `${text}  lonely: { end: feeling }\n`,
    /No way leads to the step "lonely".*→ Let a choice/,
  ],
  [
    'a dead end',
    (text) =>
      text
        .replace('feeling: feeling', 'feeling: round')
        .concat('  round: { ask: feeling, choices: { "yes": round } }\n'),
    /From the step "round" the dialog never comes to an end.*→ Let one of its ways/,
  ],
  [
    'a step with nothing after it',
    (text) => text.replace('feeling: feeling', 'feeling: mute').concat('  mute: { say: feeling }\n'),
    /The dialog stops here.*→ Add next:/,
  ],
  [
    'a circle without a question',
    (text) =>
      text
        .replace('feeling: feeling', 'feeling: one')
        .concat('  one: { say: feeling, next: two }\n  two: { go: one }\n'),
    /The step "one" comes back to itself without asking anything.*→ Put a question/,
  ],
  [
    'a text that is missing in a language',
    (text) => text.replace('again: what-again', 'again: what-agian'),
    /is-this\.yaml:\d+ The text "what-agian" does not exist in locales\/fr\/dialogs\/is-this\.json.*→ Add/,
  ],
  [
    'a choice without a label',
    (text) => text.replace('feeling: feeling', 'feeling: feeling\n      bored: feeling'),
    /The choice "bored" has no label in locales\/nl\/dialogs\/is-this\.json/,
  ],
  ['an unknown contact', (text) => text.replace('payboy', 'payboi'), /There is no contact called "payboi"/],
  [
    'an unknown answer',
    (text) => text.replace('means: [sexting.signs]', 'means: [sexting.sings]'),
    /There is no answer called "sexting\.sings"/,
  ],
  [
    'an unknown offer',
    (text) => text.replace('dialog.get-help', 'dialog.get-hlep'),
    /There is no answer or dialog called "dialog\.get-hlep"/,
  ],
  [
    'a step that does two things',
    (text) => text.replace('end: feeling\n', 'end: feeling\n    say: feeling\n'),
    /does not say what it does, or says several things/,
  ],
  [
    'a field that does not belong',
    (text) => text.replace('    end: feeling\n', '    end: feeling\n    next: what\n'),
    /A step with "end" has no "next"/,
  ],
  [
    'a word that is not declared',
    (text) => text.replace('again: what-again\n', 'again: what-again\n    remember: kind\n'),
    /"kind" is not declared.*→ Declare it/,
  ],
  [
    'a branch that compares with a word that cannot be',
    (text) =>
      text
        .replace('feeling: feeling', 'feeling: split')
        .replace('steps:', 'remember: { who: [me, friend] }\nsteps:')
        .concat('  split: { branch: who, cases: { freind: feeling }, else: feeling }\n'),
    /"who" cannot be "freind".*me, friend/,
  ],
  [
    'figures that do not exist',
    (text) =>
      text
        .replace('feeling: feeling', 'feeling: many')
        .concat('  many: { figure: grooming-files 1990, next: feeling }\n'),
    /There is no figure for "grooming-files 1990"/,
  ],
  [
    'a guess without data',
    (text) =>
      text
        .replace('feeling: feeling', 'feeling: guess')
        .concat(
          '  guess: { ask: feeling, guess: value grooming-files 1990, right: feeling, wrong: feeling }\n',
        ),
    /There are no data for this guess/,
  ],
  ['YAML that cannot be read', (text) => text.replace('steps:', 'steps: ['), /cannot be read/],
])('%s is refused', (_name, change, expected) => {
  expect(told(refused(FILE, change))).toMatch(expected);
});

test('the line is named on which the fault stands', () => {
  const [problem] = refused(FILE, (text) => text.replace('feeling: feeling', 'feeling: felling'));
  expect(problem?.line).toBe(lineOf('feeling: feeling'));
});

test.each<[string, string, (text: string) => string, RegExp]>([
  [
    'a label that is a command',
    'locales/nl/dialogs/is-this.json',
    (text) => text.replace('"Mijn lief"', '"Terug"'),
    /is-this\.json:\d+ "Terug" also means the command "back" at the step "asking"/,
  ],
  [
    'two labels alike',
    'locales/nl/dialogs/is-this.json',
    (text) => text.replace('"Mijn lief"', '"Iemand die ik ken"'),
    /also means the choice "known"/,
  ],
  [
    'a reference to nothing',
    'locales/en/dialogs/is-this.json',
    (text) => text.replace('{{contact child-focus}}', '{{contact child-fcous}}'),
    /is-this\.json:\d+ \{\{contact child-fcous\}\} does not stand for a figure or contact/,
  ],
  [
    'JSON that cannot be read',
    'locales/en/dialogs/is-this.json',
    (text) => text.replace('"texts": {', '"texts": '),
    /is-this\.json:\d+ This line cannot be read/,
  ],
])('%s in its texts is refused', (_name, path, change, expected) => {
  expect(told(refused(path, change))).toMatch(expected);
});

test('a file with the marks of an unsolved merge costs that dialog only', async () => {
  const root = await copy();
  const text = await readFile(join(root, FILE), 'utf8');
  await writeFile(join(root, FILE), `<<<<<<< ours\n${text}`);
  const result = await loadKnowledge(root);
  await rm(root, { recursive: true });
  expect(result.ok && Object.keys(result.knowledge.dialogs)).toHaveLength(5);
  expect(result.ok && told(result.warnings)).toMatch(
    /is-this\.yaml:1 Two versions of this file were not brought together/,
  );
});

test('a button that names a dialog which does not exist is told, and costs the button only', () => {
  const greeting = knowledge.answers['chat.greeting']?.nl;
  if (!greeting) throw new Error('The greeting is gone.');
  const answers = {
    ...knowledge.answers,
    'chat.greeting': { nl: { ...greeting, quickReplies: ['dialog.quizz'] } },
  };
  const { dialogs, problems } = readDialogs(files, { ...knowledge, answers });
  expect(Object.keys(dialogs)).toHaveLength(6);
  expect(told(problems)).toMatch(/greeting\.nl\.md:1 There is no dialog called "dialog\.quizz"/);
});

test('a dialog without texts in one language is not offered there, and said so', () => {
  const without = files.filter(({ path }) => path !== 'locales/fr/dialogs/quiz.json');
  const { dialogs, problems } = readDialogs(without, knowledge);
  expect(Object.keys(dialogs.quiz?.sentences ?? {}).sort()).toEqual(['en', 'nl']);
  expect(told(problems)).toMatch(/quiz does not exist in the language fr yet/);
});
