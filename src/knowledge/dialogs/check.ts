import { sameness } from '../edit.ts';
import { changeBetween, shareIn, valueIn } from '../figures.ts';
import { brokenReferences } from '../references.ts';
import type { Knowledge, Locale, Problem } from '../types.ts';
import { asks, loopsWithoutQuestion, reachable, waysFrom } from './graph.ts';
import type { LocatedDialog } from './parse.ts';
import { type Choice, type Dialog, dialogOf, GROUPS, type Guess, type Step } from './types.ts';

type Known = Pick<Knowledge, 'answers' | 'contacts' | 'series' | 'sources' | 'lexicons' | 'locales'>;
type Path = readonly (string | number)[];

/** Commands that work at every step: a choice of the same name could never be reached. */
const ALWAYS = ['safe-word', 'human', 'back', 'stop', 'restart', 'not-meant'];

/**
 * Everything that must hold for a dialog to be used: each way leads somewhere, each step is reached and comes to an end,
 * every name and every text exists.
 *
 * @param names ids of all dialogs that have a file
 */
export function checkDialog(located: LocatedDialog, known: Known, names: ReadonlySet<string>): Problem[] {
  return [
    ...checkGraph(located),
    ...checkNames(located, known, names),
    ...checkSlots(located),
    ...checkTexts(located, known),
    ...checkLabels(located, known),
  ];
}

/** Makes problems in the dialog's own file. */
function reporter({ dialog, locate }: LocatedDialog) {
  return (path: Path, message: string, mend: string): Problem => ({
    severity: 'error',
    file: dialog.file,
    ...locate(path),
    field: path.join('.'),
    message,
    mend,
  });
}

function checkGraph(located: LocatedDialog): Problem[] {
  const { dialog } = located;
  const { steps, start } = dialog;
  const problem = reporter(located);
  const known = `The steps are: ${Object.keys(steps).join(', ')}.`;
  const lost = Object.entries(steps)
    .flatMap(([name, step]) => waysFrom(name, step))
    .filter(({ to }) => !(to in steps));
  if (!(start in steps)) return [problem(['start'], `There is no step "${start}" to start with.`, known)];
  if (lost.length > 0) {
    return lost.map(({ to, path }) =>
      problem(path, `This leads to "${to}", and there is no such step.`, known),
    );
  }
  const reached = reachable(dialog, start);
  const ends = (name: string) => [...reachable(dialog, name)].some((one) => steps[one]?.kind === 'end');
  return [
    ...Object.keys(steps)
      .filter((name) => !reached.has(name))
      .map((name) =>
        problem(
          ['steps', name],
          `No way leads to the step "${name}".`,
          'Let a choice or a next: lead to it, or remove it.',
        ),
      ),
    ...[...reached]
      .filter((name) => !ends(name))
      .map((name) =>
        problem(
          ['steps', name],
          `From the step "${name}" the dialog never comes to an end.`,
          'Let one of its ways lead to a step with end:.',
        ),
      ),
    ...loopsWithoutQuestion(dialog).map((name) =>
      problem(
        ['steps', name],
        `The step "${name}" comes back to itself without asking anything.`,
        'Put a question (ask:) in the circle, or let it lead on.',
      ),
    ),
  ];
}

function checkNames(located: LocatedDialog, known: Known, names: ReadonlySet<string>): Problem[] {
  const problem = reporter(located);
  const unknown = (path: Path, what: string, name: string) =>
    problem(path, `There is no ${what} called "${name}".`, 'Correct the name, or remove it.');
  const isOffer = (name: string) => {
    const dialog = dialogOf(name);
    return dialog === undefined ? name in known.answers : names.has(dialog);
  };
  const means = new Set(Object.keys(known.answers).flatMap((id) => [id, `*.${id.split('.')[1] ?? id}`]));
  return Object.entries(located.dialog.steps).flatMap(([name, step]): Problem[] => {
    const at = ['steps', name];
    const contacts = 'contacts' in step ? step.contacts : [];
    const problems = contacts.flatMap((id, i) =>
      id in known.contacts ? [] : [unknown([...at, 'contacts', i], 'contact', id)],
    );
    if (step.kind === 'say') {
      problems.push(
        ...step.sources.flatMap((id, i) =>
          id in known.sources ? [] : [unknown([...at, 'sources', i], 'source', id)],
        ),
      );
    }
    if (step.kind === 'answer' && !(step.answer in known.answers)) {
      problems.push(unknown([...at, 'answer'], 'answer', step.answer));
    }
    if (step.kind === 'end') {
      problems.push(
        ...step.offers.flatMap((id, i) =>
          isOffer(id) ? [] : [unknown([...at, 'offers', i], 'answer or dialog', id)],
        ),
      );
    }
    if (step.kind === 'ask') {
      for (const choice of step.choices) {
        problems.push(
          ...choice.means.flatMap((id, i) =>
            means.has(id) ? [] : [unknown([...at, 'choices', choice.id, 'means', i], 'answer', id)],
          ),
        );
      }
    }
    if (step.kind === 'figure' && !hasYears(step.series, step.years, known)) {
      problems.push(
        problem(
          [...at, 'figure'],
          `There is no figure for "${step.series} ${step.years.join(' ')}".`,
          'Write the name of a file in knowledge/figures and one or two of its years.',
        ),
      );
    }
    if (step.kind === 'guess' && !canBeGuessed(step.guess, known)) {
      problems.push(
        problem(
          [...at, 'guess'],
          'There are no data for this guess.',
          'Write the name of a file in knowledge/figures and years that it has.',
        ),
      );
    }
    return problems;
  });
}

function hasYears(id: string, years: readonly number[], { series }: Known): boolean {
  const one = series[id];
  return one !== undefined && years.length > 0 && years.every((year) => valueIn(one, year) !== undefined);
}

function canBeGuessed(guess: Guess, { series }: Known): boolean {
  const one = series[guess.series];
  if (!one) return false;
  switch (guess.kind) {
    case 'value':
      return valueIn(one, guess.year) !== undefined;
    case 'change':
      return changeBetween(one, guess.from, guess.to) !== undefined;
    case 'share':
      return GROUPS.every((group) => shareIn(one, group, guess.year) !== undefined);
  }
}

/** What is remembered is one of the words declared at the top of the file. */
function checkSlots(located: LocatedDialog): Problem[] {
  const { dialog } = located;
  const problem = reporter(located);
  const declare = (slot: string) =>
    `Declare it under remember: at the top, such as ${slot}: [one, two], or ${slot}: count.`;
  const oneOf = (path: Path, name: string, words: readonly string[]): Problem[] => {
    const slot = dialog.slots[name];
    if (!slot) return [problem(path, `"${name}" is not declared.`, declare(name))];
    if (slot.kind === 'count')
      return words
        .filter((word) => !/^\d+$/.test(word))
        .map((word) => problem(path, `"${name}" is a count, and "${word}" is no number.`, 'Write a number.'));
    return words
      .filter((word) => !slot.values.includes(word))
      .map((word) =>
        problem(
          path,
          `"${name}" cannot be "${word}".`,
          `Use one of: ${slot.values.join(', ')}; or add "${word}" to the list at the top.`,
        ),
      );
  };
  const count = (path: Path, name: string | undefined): Problem[] =>
    name === undefined || dialog.slots[name]?.kind === 'count'
      ? []
      : [problem(path, `"${name}" is not a count.`, declare(name))];
  return Object.entries(dialog.steps).flatMap(([name, step]): Problem[] => {
    const at = ['steps', name];
    switch (step.kind) {
      case 'ask':
        return [
          ...(step.remember === undefined
            ? []
            : oneOf(
                [...at, 'remember'],
                step.remember,
                step.choices.map(({ id }) => id),
              )),
          ...step.choices.flatMap(({ id, add }) => count([...at, 'choices', id, 'add'], add)),
        ];
      case 'guess':
        return [
          ...count([...at, 'right', 'add'], step.right.add),
          ...count([...at, 'wrong', 'add'], step.wrong.add),
        ];
      case 'branch':
        return oneOf(
          [...at, 'cases'],
          step.slot,
          step.cases.map(({ when }) => when),
        );
      case 'remember':
        return oneOf([...at, 'remember'], step.slot, [step.value]);
      default:
        return [];
    }
  });
}

/** Every text that a step uses, with the field that names it. */
function textsOf(name: string, step: Step): readonly { readonly key: string; readonly path: Path }[] {
  const at = ['steps', name];
  const optional = (key: string | undefined, path: Path) => (key === undefined ? [] : [{ key, path }]);
  switch (step.kind) {
    case 'say':
    case 'end':
      return [{ key: step.text, path: [...at, step.kind] }];
    case 'ask':
      return [
        { key: step.text, path: [...at, 'ask'] },
        ...optional(step.again, [...at, 'again']),
        ...step.choices.flatMap(({ id, say }) => optional(say, [...at, 'choices', id, 'say'])),
      ];
    case 'guess':
      return [
        { key: step.text, path: [...at, 'ask'] },
        ...optional(step.right.say, [...at, 'right', 'say']),
        ...optional(step.wrong.say, [...at, 'wrong', 'say']),
      ];
    default:
      return [];
  }
}

/** Names in double braces that the dialog fills in itself. */
function ownValues(dialog: Dialog): RegExp {
  const counts = Object.entries(dialog.slots).flatMap(([name, slot]) =>
    slot.kind === 'count' ? [name, `${name}Max`] : [],
  );
  return new RegExp(`\\{\\{(?:${[...counts, 'year', 'from', 'to'].join('|')})\\}\\}`, 'g');
}

function checkTexts({ dialog, locate, texts }: LocatedDialog, known: Known): Problem[] {
  const used = Object.entries(dialog.steps).flatMap(([name, step]) => textsOf(name, step));
  const own = ownValues(dialog);
  return Object.entries(texts).flatMap(([locale, { data, file, locate: locateText }]): Problem[] => [
    ...used
      .filter(({ key }) => !(key in data.texts))
      .map(
        ({ key, path }): Problem => ({
          severity: 'error',
          file: dialog.file,
          ...locate(path),
          field: path.join('.'),
          message: `The text "${key}" does not exist in ${file}.`,
          mend: `Add "${key}" under "texts" in ${file}, or correct the name here.`,
        }),
      ),
    ...Object.keys(data.texts)
      .filter((key) => !used.some((one) => one.key === key))
      .map(
        (key): Problem => ({
          severity: 'warning',
          file,
          ...locateText(['texts', key]),
          field: `texts.${key}`,
          message: `No step of ${dialog.file} says the text "${key}".`,
          mend: 'Remove it, or use it in a step.',
        }),
      ),
    ...Object.entries(data.texts).flatMap(([key, text]) =>
      brokenReferences(
        text.replace(own, (value) => ' '.repeat(value.length)),
        locale,
        known,
      ).map(
        ({ reference }): Problem => ({
          severity: 'error',
          file,
          ...locateText(['texts', key]),
          field: `texts.${key}`,
          message: `${reference} does not stand for a figure or contact that exists.`,
          mend: 'Check the name and the year in knowledge/figures or knowledge/contacts.yaml, and the language of the contact.',
        }),
      ),
    ),
  ]);
}

/** Every choice has a label of its own, that is no command. */
function checkLabels({ dialog, locate, texts }: LocatedDialog, known: Known): Problem[] {
  return Object.entries(dialog.steps).flatMap(([name, step]): Problem[] => {
    if (!asks(step)) return [];
    const options = step.kind === 'ask' ? step.choices : step.kind === 'guess' ? step.options : [];
    return Object.keys(texts).flatMap((locale) => {
      const taken = new Map<string, string>(
        ALWAYS.flatMap((command) =>
          (known.lexicons[locale]?.commands[command] ?? []).map((phrase): [string, string] => [
            sameness(phrase),
            `the command "${command}"`,
          ]),
        ),
      );
      return options.flatMap((option) => checkLabel(option, locale, taken));
    });

    function checkLabel(
      { id, sentences }: Pick<Choice, 'id' | 'sentences'>,
      locale: Locale,
      taken: Map<string, string>,
    ): Problem[] {
      const file = texts[locale]?.file ?? '';
      const own = sentences[locale] ?? [];
      const path = ['steps', name, 'choices', id];
      if (own.length === 0) {
        return [
          {
            severity: 'error',
            file: dialog.file,
            ...locate(path),
            field: path.join('.'),
            message: `The choice "${id}" has no label in ${file}.`,
            mend: `Add "${id}": { "title": "…" } under "choices" in ${file}.`,
          },
        ];
      }
      return own.flatMap((sentence): Problem[] => {
        const key = sameness(sentence);
        const other = taken.get(key);
        taken.set(key, `the choice "${id}"`);
        if (other === undefined || other === `the choice "${id}"`) return [];
        return [
          {
            severity: 'error',
            file,
            ...(texts[locale]?.locate(['choices', id]) ?? { line: 1, column: 1 }),
            field: `choices.${id}`,
            message: `"${sentence}" also means ${other} at the step "${name}".`,
            mend: 'Choose other words for one of the two.',
          },
        ];
      });
    }
  });
}
