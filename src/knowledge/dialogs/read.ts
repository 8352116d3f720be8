import { basename } from 'node:path';
import type { TextFile } from '../files.ts';
import { type Located, parseYaml } from '../parse.ts';
import type { Knowledge, Problem } from '../types.ts';
import { checkDialog } from './check.ts';
import { type LocatedDialog, parseDialog } from './parse.ts';
import { type DialogTexts, dialogTextsSchema } from './schema.ts';
import type { Dialog } from './types.ts';

/** `locales/nl/dialogs/quiz.json` → `nl`, `quiz`. */
const TEXTS_PATH = /^locales\/([^/]+)\/dialogs\/([^/]+)\.json$/;

export function isDialogText({ path }: Pick<TextFile, 'path'>): boolean {
  return TEXTS_PATH.test(path);
}

export interface DialogsRead {
  /** The dialogs that can be used. */
  readonly dialogs: Readonly<Record<string, Dialog>>;
  readonly problems: readonly Problem[];
}

type Known = Parameters<typeof checkDialog>[1];

/**
 * Reads and checks all dialogs. One with an error is left out; the others stay usable.
 *
 * @param unreadable paths of files that are there but could not be read: what names them is not wrong
 */
export function readDialogs(
  files: readonly TextFile[],
  known: Known,
  unreadable: readonly string[] = [],
): DialogsRead {
  const dialogFiles = files.filter(({ path }) => path.startsWith('dialogs/'));
  const paths = [...dialogFiles.map(({ path }) => path), ...unreadable];
  const names = new Set(paths.map((path) => basename(path, '.yaml')));
  const problems: Problem[] = [];
  const dialogs: Record<string, Dialog> = {};
  const texts = new Map<string, Record<string, Located<DialogTexts>>>();
  const spoilt = new Set<string>();
  for (const file of files.filter(isDialogText)) {
    const [, locale = '', id = ''] = TEXTS_PATH.exec(file.path) ?? [];
    const parsed = parseYaml(file, dialogTextsSchema);
    if (parsed.ok) texts.set(id, { ...texts.get(id), [locale]: parsed.value });
    else {
      problems.push(...parsed.problems);
      spoilt.add(id);
    }
    if (!names.has(id))
      problems.push(
        atTop(
          'warning',
          file.path,
          `There is no dialog called "${id}".`,
          `Add dialogs/${id}.yaml, or remove this file.`,
        ),
      );
  }
  for (const file of dialogFiles) {
    const id = basename(file.path, '.yaml');
    const { located, problems: own } = parseDialog(file, texts.get(id) ?? {});
    const checked = located
      ? [...own, ...checkDialog(located, known, names), ...missingLocales(located, spoilt.has(id), known)]
      : own;
    problems.push(...checked);
    if (located && !spoilt.has(id) && !checked.some(({ severity }) => severity === 'error'))
      dialogs[id] = located.dialog;
  }
  return { dialogs, problems: [...problems, ...sharedSentences(dialogs), ...unknownOffers(known, names)] };
}

function atTop(severity: Problem['severity'], file: string, message: string, mend: string): Problem {
  return { severity, file, line: 1, column: 1, message, mend };
}

function missingLocales(
  { dialog, texts }: LocatedDialog,
  spoilt: boolean,
  { locales }: Pick<Knowledge, 'locales'>,
): Problem[] {
  if (spoilt) return [];
  if (Object.keys(texts).length === 0) {
    return [
      atTop(
        'error',
        dialog.file,
        'This dialog has no texts in any language.',
        `Write locales/${locales[0]}/dialogs/${dialog.id}.json.`,
      ),
    ];
  }
  return locales
    .filter((locale) => !(locale in texts))
    .map((locale) =>
      atTop(
        'warning',
        `locales/${locale}/dialogs/${dialog.id}.json`,
        `The dialog ${dialog.id} does not exist in the language ${locale} yet.`,
        'Write this file. Until then the dialog is not offered in that language.',
      ),
    );
}

/** The sentence that starts a dialog must start one only. */
function sharedSentences(dialogs: Readonly<Record<string, Dialog>>): Problem[] {
  const taken = new Map<string, string>();
  return Object.values(dialogs).flatMap(({ id, sentences }) =>
    Object.entries(sentences).flatMap(([locale, own]) =>
      own.flatMap((sentence): Problem[] => {
        const key = `${locale} ${sentence.toLowerCase()}`;
        const other = taken.get(key);
        taken.set(key, id);
        if (other === undefined || other === id) return [];
        return [
          atTop(
            'error',
            `locales/${locale}/dialogs/${id}.json`,
            `"${sentence}" also starts the dialog ${other}.`,
            'Keep it in one of the two files.',
          ),
        ];
      }),
    ),
  );
}

/** Buttons under answers that name a dialog which does not exist: the button is left out, the answer stays. */
function unknownOffers({ answers }: Pick<Knowledge, 'answers'>, names: ReadonlySet<string>): Problem[] {
  return Object.values(answers)
    .flatMap((inLocales) => Object.values(inLocales))
    .flatMap(({ file, quickReplies }) =>
      quickReplies
        .filter((name) => name.startsWith('dialog.') && !names.has(name.slice('dialog.'.length)))
        .map(
          (name): Problem => ({
            ...atTop(
              'error',
              file,
              `There is no dialog called "${name}".`,
              'Correct the name, or remove it from quickReplies.',
            ),
            field: 'quickReplies',
          }),
        ),
    );
}
