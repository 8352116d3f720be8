import { sameness } from '../edit.ts';
import { brokenReferences } from '../references.ts';
import type { Locale, Problem } from '../types.ts';
import type { Known, StepPath } from './check.ts';
import { asks } from './graph.ts';
import type { LocatedDialog } from './parse.ts';
import type { Choice, Dialog, Step } from './types.ts';

/** Commands that work at every step: a choice of the same name could never be reached. */
const ALWAYS = ['safe-word', 'human', 'back', 'stop', 'restart', 'not-meant'];

/** Every text that a step uses, with the field that names it. */
function textsOf(name: string, step: Step): readonly { readonly key: string; readonly path: StepPath }[] {
  const at = ['steps', name];
  const optional = (key: string | undefined, path: StepPath) => (key === undefined ? [] : [{ key, path }]);
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

/** Every text and reference that the steps use exists in each language the dialog has. */
export function checkTexts({ dialog, locate, texts }: LocatedDialog, known: Known): Problem[] {
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
export function checkLabels({ dialog, locate, texts }: LocatedDialog, known: Known): Problem[] {
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
