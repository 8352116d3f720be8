import type { Dialog, Knowledge, Option } from '../../knowledge/index.ts';
import type { ConversationState } from '../types.ts';
import { openAt } from './engine.ts';
import { guessables } from './guess.ts';
import type { DialogState } from './types.ts';

/** The dialog that the state belongs to; undefined where it has changed since, or is no more. */
export function currentDialog(
  state: DialogState,
  { dialogs }: Pick<Knowledge, 'dialogs'>,
): Dialog | undefined {
  const dialog = dialogs[state.id];
  return dialog?.version === state.version && openAt(state).step in dialog.steps ? dialog : undefined;
}

/** What the person can choose now, for the understanding of the next message. */
export function optionsAt(state: ConversationState | undefined, knowledge: Knowledge): readonly Option[] {
  const dialog = state?.dialog && currentDialog(state.dialog, knowledge);
  const step = state?.dialog && dialog?.steps[openAt(state.dialog).step];
  if (step?.kind === 'ask') return step.choices;
  if (step?.kind !== 'guess') return [];
  if (step.options.length > 0) return step.options;
  return guessables(step.guess, knowledge).flatMap((one) =>
    one.kind === 'number' ? [numberOption(one.value, knowledge)] : [],
  );
}

/** A number is typed alike in every language: the understanding takes signs between digits out. */
function numberOption(value: number, { locales }: Pick<Knowledge, 'locales'>): Option {
  const sentences = Object.fromEntries(locales.map((locale) => [locale, [String(value)]]));
  return { id: String(value), sentences };
}
