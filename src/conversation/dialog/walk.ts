import {
  type Dialog,
  type Guess,
  type Knowledge,
  type Step,
  type StepId,
  textKey,
  type Verdict,
} from '../../knowledge/index.ts';
import type { QuickReply, ReplyPart } from '../types.ts';
import { guessables } from './guess.ts';
import type { DialogPosition, SlotValues } from './types.ts';

/** What is said from one question to the next. */
export interface Walk {
  readonly parts: readonly ReplyPart[];
  /** The question now open; undefined where the dialog has come to its end. */
  readonly position?: DialogPosition;
  /** Offered at the end. */
  readonly offers: readonly string[];
}

/** The word remembered, or the case with the highest number that the count has reached. */
function takeBranch(step: Extract<Step, { kind: 'branch' }>, values: SlotValues): StepId {
  const value = values[step.slot];
  if (typeof value === 'string') return step.cases.find(({ when }) => when === value)?.go ?? step.otherwise;
  const reached = step.cases
    .filter(({ when }) => Number(when) <= (value ?? 0))
    .sort((a, b) => Number(b.when) - Number(a.when));
  return reached[0]?.go ?? step.otherwise;
}

/** Follows the steps from `from` until a question waits for the person, or the dialog ends. */
export function walk(dialog: Dialog, from: StepId, values: SlotValues): Walk {
  const parts: ReplyPart[] = [];
  let name = from;
  let remembered = values;
  // Loading refuses circles without a question, so that every step is passed at most once.
  for (let passed = 0; passed <= Object.keys(dialog.steps).length; passed++) {
    const step = dialog.steps[name];
    if (!step) break;
    switch (step.kind) {
      case 'say':
        parts.push(text(dialog, step.text, remembered, step.sources), ...contacts(step.contacts));
        name = step.next;
        break;
      case 'answer':
        parts.push({ kind: 'answer', id: step.answer });
        name = step.next;
        break;
      case 'figure':
        parts.push({ kind: 'figure', series: step.series, years: step.years });
        name = step.next;
        break;
      case 'remember':
        remembered = { ...remembered, [step.slot]: readValue(dialog, step.slot, step.value) };
        name = step.next;
        break;
      case 'branch':
        name = takeBranch(step, remembered);
        break;
      case 'go':
        name = step.next;
        break;
      case 'ask':
      case 'guess':
        parts.push(...questionParts(dialog, { step: name, values: remembered }));
        return { parts, position: { step: name, values: remembered }, offers: [] };
      case 'end':
        parts.push(text(dialog, step.text, remembered), ...contacts(step.contacts));
        return { parts, offers: step.offers };
    }
  }
  return { parts, offers: [] };
}

function readValue(dialog: Dialog, slot: string, value: string): string | number {
  return dialog.slots[slot]?.kind === 'count' ? Number(value) : value;
}

/** The question that is open, in words. */
export function questionParts(dialog: Dialog, { step: name, values }: DialogPosition): readonly ReplyPart[] {
  const step = dialog.steps[name];
  if (step?.kind === 'ask') return [text(dialog, step.text, values), ...contacts(step.contacts)];
  if (step?.kind === 'guess') return [text(dialog, step.text, { ...values, ...yearsOf(step.guess) })];
  return [];
}

function yearsOf(guess: Guess): SlotValues {
  return guess.kind === 'change' ? { from: guess.from, to: guess.to } : { year: guess.year };
}

export function text(
  dialog: Dialog,
  key: string,
  values: SlotValues,
  sources: readonly string[] = [],
): ReplyPart {
  return { kind: 'text', key: textKey(dialog.id, key), values: withMost(dialog, values), sources };
}

function contacts(ids: readonly string[]): readonly ReplyPart[] {
  return ids.length > 0 ? [{ kind: 'contacts', ids }] : [];
}

/** Counts with the most that each can come to, so that "7 of 10" holds when a question is added. */
function withMost(dialog: Dialog, values: SlotValues): SlotValues {
  const counts = Object.entries(dialog.slots).filter(([, slot]) => slot.kind === 'count');
  const most = counts.flatMap(([name]) => [
    [name, values[name] ?? 0],
    [`${name}Max`, Object.values(dialog.steps).filter((step) => addsTo(step, name)).length],
  ]);
  return { ...values, ...Object.fromEntries(most) };
}

function addsTo(step: Step, count: string): boolean {
  if (step.kind === 'guess') return step.right.add === count || step.wrong.add === count;
  return step.kind === 'ask' && step.choices.some(({ add }) => add === count);
}

/** One thing to choose at a question: what it is called, and where it leads. */
export interface OpenChoice {
  readonly id: string;
  readonly label: QuickReply;
  readonly verdict: Verdict;
  /** Answers that mean the same. */
  readonly means: readonly string[];
  /** Word to remember, and the slot it goes into. */
  readonly remember?: { readonly slot: string; readonly value: string };
}

/** What can be chosen at the question that is open. */
export function choicesAt(dialog: Dialog, name: StepId, knowledge: Knowledge): readonly OpenChoice[] {
  const step = dialog.steps[name];
  if (step?.kind === 'ask') {
    return step.choices.map(({ id, go, say, add, means }) => ({
      id,
      label: { kind: 'choice', dialog: dialog.id, choice: id },
      verdict: { go, ...(say !== undefined && { say }), ...(add !== undefined && { add }) },
      means,
      ...(step.remember !== undefined && { remember: { slot: step.remember, value: id } }),
    }));
  }
  if (step?.kind !== 'guess') return [];
  return guessables(step.guess, knowledge).map((one) => ({
    id: one.kind === 'number' ? String(one.value) : one.id,
    label:
      one.kind === 'number'
        ? { kind: 'number', value: one.value }
        : { kind: 'choice', dialog: dialog.id, choice: one.id },
    verdict: one.right ? step.right : step.wrong,
    means: [],
  }));
}

/** What is remembered after a choice. */
export function valuesAfter({ verdict, remember }: OpenChoice, values: SlotValues): SlotValues {
  const count = verdict.add === undefined ? {} : { [verdict.add]: Number(values[verdict.add] ?? 0) + 1 };
  return { ...values, ...count, ...(remember && { [remember.slot]: remember.value }) };
}
