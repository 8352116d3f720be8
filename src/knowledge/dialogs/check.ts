import { changeBetween, shareIn, valueIn } from '../figures.ts';
import type { Knowledge, Problem } from '../types.ts';
import { checkLabels, checkTexts } from './checkTexts.ts';
import { loopsWithoutQuestion, reachable, waysFrom } from './graph.ts';
import type { LocatedDialog } from './parse.ts';
import { dialogOf, GROUPS, type Guess } from './types.ts';

export type Known = Pick<Knowledge, 'answers' | 'contacts' | 'series' | 'sources' | 'lexicons' | 'locales'>;
export type StepPath = readonly (string | number)[];

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
  return (path: StepPath, message: string, mend: string): Problem => ({
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
  const unknown = (path: StepPath, what: string, name: string) =>
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
  const oneOf = (path: StepPath, name: string, words: readonly string[]): Problem[] => {
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
  const count = (path: StepPath, name: string | undefined): Problem[] =>
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
