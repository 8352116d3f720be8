import type { DialogId, StepId } from '../../knowledge/index.ts';

/** What a dialog remembers: words that its file declares, and counts. */
export type SlotValues = Readonly<Record<string, string | number>>;

/** A question that was asked, and what was remembered when it was. */
export interface DialogPosition {
  readonly step: StepId;
  readonly values: SlotValues;
}

/** Where a conversation stands in a dialog. Plain JSON, closed values only. */
export interface DialogState {
  readonly id: DialogId;
  /** Version of the dialog that the steps belong to. */
  readonly version: string;
  /** The questions asked, the open one last; "back" takes one off. */
  readonly trail: readonly DialogPosition[];
  /** Messages in a row that fitted no choice. */
  readonly misses: number;
  /** Set while something else is talked about: a question in between, or an answer about safety. */
  readonly paused?: { readonly by: 'question' | 'safety'; readonly turns: number };
}

/** What happened to a dialog in a turn, for those who count. */
export type DialogEvent = 'started' | 'continued' | 'finished' | 'left';

/** The same with the dialog it happened to. */
export interface DialogNews {
  readonly id: DialogId;
  readonly event: DialogEvent;
}
