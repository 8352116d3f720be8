import type { ChoiceId, Dialog, Knowledge } from '../../knowledge/index.ts';
import type { ReplyPart } from '../types.ts';
import type { DialogEvent, DialogPosition, DialogState } from './types.ts';
import { choicesAt, questionParts, text, valuesAfter, type Walk, walk } from './walk.ts';

/** What a step of a dialog yields. */
export interface Outcome {
  /** Undefined where the dialog is over. */
  readonly state?: DialogState;
  readonly parts: readonly ReplyPart[];
  /** Answers and dialogs offered at the end. */
  readonly offers: readonly string[];
  readonly event: DialogEvent;
}

/** Questions that "back" can go back over; a dialog that goes in circles must not grow without end. */
const LONGEST_TRAIL = 60;

export function start(dialog: Dialog): Outcome {
  return arrive(dialog, walk(dialog, dialog.start, {}), [], 'started');
}

/** Takes a choice at the open question. */
export function choose(dialog: Dialog, state: DialogState, id: ChoiceId, knowledge: Knowledge): Outcome {
  const open = openAt(state);
  const choice = choicesAt(dialog, open.step, knowledge).find((one) => one.id === id);
  if (!choice) return repeat(dialog, state);
  const values = valuesAfter(choice, open.values);
  const walked = walk(dialog, choice.verdict.go, values);
  const said = choice.verdict.say === undefined ? [] : [text(dialog, choice.verdict.say, values)];
  return arrive(dialog, { ...walked, parts: [...said, ...walked.parts] }, state.trail, 'continued');
}

/** Returns to the question before the open one. At the first question it is asked again. */
export function back(dialog: Dialog, state: DialogState): Outcome {
  const trail = state.trail.length > 1 ? state.trail.slice(0, -1) : state.trail;
  return repeat(dialog, { ...state, trail });
}

/** Asks the open question again. */
export function repeat(dialog: Dialog, state: DialogState): Outcome {
  const { paused: _paused, ...going } = state;
  return {
    state: { ...going, misses: 0 },
    parts: questionParts(dialog, openAt(state)),
    offers: [],
    event: 'continued',
  };
}

/** The open question after a message that fitted no choice: put in other words where there are some. */
export function rephrase(dialog: Dialog, state: DialogState): readonly ReplyPart[] {
  const { step: name, values } = openAt(state);
  const step = dialog.steps[name];
  return step?.kind === 'ask' && step.again !== undefined
    ? [text(dialog, step.again, values)]
    : [{ kind: 'text', key: 'dialogs:again' }, ...questionParts(dialog, { step: name, values })];
}

export function openAt({ trail }: DialogState): DialogPosition {
  return trail.at(-1) ?? { step: '', values: {} };
}

function arrive(
  dialog: Dialog,
  { parts, position, offers }: Walk,
  trail: readonly DialogPosition[],
  event: DialogEvent,
): Outcome {
  if (!position) return { parts, offers, event: 'finished' };
  return {
    state: {
      id: dialog.id,
      version: dialog.version,
      trail: [...trail, position].slice(-LONGEST_TRAIL),
      misses: 0,
    },
    parts,
    offers,
    event,
  };
}
