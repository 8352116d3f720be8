import type { Brain, BrainTurn } from '../../src/brain.ts';
import type { ConversationState } from '../../src/conversation/index.ts';
import { type Dialog, existsIn, type Locale } from '../../src/knowledge/index.ts';

/** Buttons that stand under every question, in one language. */
export const CONTROLS = ['back', 'stop', 'human', 'resume'] as const;

export function labelOf(brain: Brain, locale: Locale, name: (typeof CONTROLS)[number]): string {
  return brain.say(locale, `dialogs:${name}`);
}

/** Begins a dialog as somebody does who types its name. */
export function begin(brain: Brain, dialog: Dialog, locale: Locale): BrainTurn {
  return brain.turn(undefined, dialog.sentences[locale]?.[0] ?? '', { locale });
}

export function say(brain: Brain, state: ConversationState, text: string): BrainTurn {
  return brain.turn(state, text, {});
}

/** What can be tapped, without the buttons that stand under every question. */
export function choices(brain: Brain, { message }: BrainTurn): readonly string[] {
  const controls = CONTROLS.map((name) => labelOf(brain, message.locale, name));
  return message.buttons.map(({ title }) => title).filter((title) => !controls.includes(title));
}

/** Where a conversation stands in its dialog; undefined where none is under way. */
export function position({ dialog }: ConversationState): string | undefined {
  return dialog && JSON.stringify(dialog.trail.at(-1));
}

/** A moment at which a question is open. */
export interface Moment {
  readonly turn: BrainTurn;
  /** Buttons tapped to come here. */
  readonly way: readonly string[];
}

export interface Explored {
  /** Every question, with everything that can be remembered when it is asked. */
  readonly moments: readonly Moment[];
  /** Turns in which the dialog came to its end. */
  readonly endings: readonly Moment[];
}

/**
 * Taps every button of every question until nothing new turns up. Two ways that come to the same question with the same
 * memory are the same from there on, so that all paths are walked without walking any twice.
 */
export function explore(brain: Brain, dialog: Dialog, locale: Locale): Explored {
  const seen = new Set<string>();
  const moments: Moment[] = [];
  const endings: Moment[] = [];
  const open: Moment[] = [{ turn: begin(brain, dialog, locale), way: [] }];
  for (let moment = open.shift(); moment; moment = open.shift()) {
    const at = position(moment.turn.state);
    if (at === undefined) {
      endings.push(moment);
      continue;
    }
    if (seen.has(at)) continue;
    seen.add(at);
    moments.push(moment);
    const { turn, way } = moment;
    for (const choice of choices(brain, turn))
      open.push({ turn: say(brain, turn.state, choice), way: [...way, choice] });
  }
  return { moments, endings };
}

/** Every dialog in every language it exists in. */
export function everyDialog(brain: Brain): readonly { readonly dialog: Dialog; readonly locale: Locale }[] {
  const { knowledge } = brain;
  return Object.values(knowledge.dialogs).flatMap((dialog) =>
    knowledge.locales.filter((locale) => existsIn(dialog, locale)).map((locale) => ({ dialog, locale })),
  );
}
