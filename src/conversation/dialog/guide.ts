import { type Dialog, dialogName, type Knowledge } from '../../knowledge/index.ts';
import { aspectOf, type Understanding } from '../../understanding/index.ts';
import type { Turn } from '../respond.ts';
import type { ConversationState, ReplyPart } from '../types.ts';
import { back, choose, type Outcome, openAt, repeat, rephrase, start } from './engine.ts';
import { optionsAt } from './expected.ts';
import {
  ASKED,
  controls,
  dialogTurn,
  goTo,
  HUMAN,
  isAsked,
  quickReply,
  RESUME,
  STOP,
  withoutDialog,
} from './turns.ts';
import type { DialogState } from './types.ts';
import { choicesAt, type OpenChoice } from './walk.ts';

/** Probability of the answers that mean a choice, from which it is taken. */
const MEANT = 0.3;
/** How much more probable the best must be than the next. */
const CLEARER = 1.5;
/** Share of a message that a choice must account for, and where an answer is asked for just as clearly. */
const ENOUGH = 0.5;
const CLEARLY = 0.8;
/** A few words that point to a choice, in a message that means nothing else. */
const HINT = 0.25;
/** Messages in a row that fit no choice, after which a human is offered. */
const PATIENCE = 2;
/** Buttons of an answer in between that are kept beside those to go on. */
const OTHERS = 2;
/** Turns about other things after which a dialog is no longer offered to go on. */
const PAUSE_TURNS = 4;

/** One turn in a dialog. */
export class Guide {
  readonly #state: ConversationState;
  readonly #running: DialogState;
  readonly #dialog: Dialog;
  readonly #understanding: Understanding;
  readonly #knowledge: Knowledge;
  readonly #answer: () => Turn;

  constructor(
    state: ConversationState,
    running: DialogState,
    dialog: Dialog,
    understanding: Understanding,
    knowledge: Knowledge,
    answer: () => Turn,
  ) {
    this.#state = state;
    this.#running = running;
    this.#dialog = dialog;
    this.#understanding = understanding;
    this.#knowledge = knowledge;
    this.#answer = answer;
  }

  respond(): Turn {
    const steered = this.#steer();
    if (steered) return steered;
    const chosen = this.#chosen();
    if (chosen) return this.#go(choose(this.#dialog, this.#running, chosen, this.#knowledge));
    if (this.#running.paused) return this.#whilePaused();
    const answered = this.#answer();
    if (isAsked(answered)) return this.#pause(answered);
    const hinted = this.#hinted();
    return hinted ? this.#go(choose(this.#dialog, this.#running, hinted, this.#knowledge)) : this.#missed();
  }

  /** Words that work at every step. */
  #steer(): Turn | undefined {
    const tapped = this.#understanding.choice?.by === 'label';
    switch (tapped ? undefined : this.#understanding.command) {
      case 'back':
        return this.#go(
          back(this.#dialog, this.#running),
          this.#running.trail.length > 1 ? [] : ['dialogs:atStart'],
        );
      case 'stop':
        return this.#leave();
      case 'restart':
        return this.#go(start(this.#dialog));
      case 'human':
        return this.#pause(this.#answer());
      case 'not-meant':
        return this.#go(
          this.#running.paused ? repeat(this.#dialog, this.#running) : back(this.#dialog, this.#running),
          ['dialogs:misread'],
        );
      default:
        return undefined;
    }
  }

  #choices(): readonly OpenChoice[] {
    return choicesAt(this.#dialog, openAt(this.#running).step, this.#knowledge);
  }

  /** The choice that the message makes beyond doubt. */
  #chosen(): string | undefined {
    const { choice, command } = this.#understanding;
    if (this.#running.paused) {
      // "Yes" is an answer to "shall we go on?" first.
      return choice?.by === 'label' && command === undefined ? choice.id : undefined;
    }
    if (choice?.by === 'label') return choice.id;
    if (choice?.by === 'sentence') return choice.id;
    const agreed = this.#agreed();
    if (agreed !== undefined) return agreed;
    const meant = this.#meant(choice !== undefined && choice.share >= ENOUGH ? choice.id : undefined);
    if (meant !== undefined) return meant;
    if (choice === undefined) return undefined;
    return choice.share >= (isAsked(this.#answer()) ? CLEARLY : ENOUGH) ? choice.id : undefined;
  }

  /** What "yeah", "nope" or "go on" means here: the one choice, or the one that has a word for yes or no among its own. */
  #agreed(): string | undefined {
    const { command } = this.#understanding;
    if (command !== 'yes' && command !== 'no' && command !== 'resume') return undefined;
    const choices = this.#choices();
    if (choices.length === 1 && command !== 'no') return choices[0]?.id;
    const words = this.#knowledge.lexicons[this.#state.locale]?.commands[command] ?? [];
    const agreeing = optionsAt({ ...this.#state, dialog: this.#running }, this.#knowledge).filter(
      ({ sentences }) =>
        (sentences[this.#state.locale] ?? []).some((one) => words.includes(one.toLowerCase())),
    );
    return agreeing.length === 1 ? agreeing[0]?.id : undefined;
  }

  /** The choice that stands for the answers the message asks for. */
  #meant(worded: string | undefined): string | undefined {
    const [best, second] = this.#byMeaning();
    // The words of the message may point elsewhere: then its meaning must be the clearer.
    const least = worded === undefined || worded === best?.id ? MEANT : ASKED;
    if (!best || best.score < least || best.score < CLEARER * (second?.score ?? 0)) return undefined;
    return best.id;
  }

  /** Choices with the probability of the answers that mean them, the best first. */
  #byMeaning(): readonly { readonly id: string; readonly score: number }[] {
    const { candidates } = this.#understanding;
    return this.#choices()
      .map(({ id, means }) => ({
        id,
        score: candidates
          .filter((one) => means.includes(one.id) || means.includes(`*.${aspectOf(one.id)}`))
          .reduce((sum, { score }) => sum + score, 0),
      }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score);
  }

  /** The choice to which some words point, where the message means nothing else. */
  #hinted(): string | undefined {
    const { choice } = this.#understanding;
    const [likely] = this.#byMeaning();
    const contradicted = likely !== undefined && likely.score >= HINT && likely.id !== choice?.id;
    return choice && choice.share >= HINT && !contradicted ? choice.id : undefined;
  }

  #whilePaused(): Turn {
    const { command } = this.#understanding;
    const byQuestion = this.#running.paused?.by === 'question';
    if (command === 'resume' || (command === 'yes' && byQuestion))
      return this.#go(repeat(this.#dialog, this.#running));
    if (command === 'no' && byQuestion) return this.#leave();
    const answered = this.#answer();
    const { choice } = this.#understanding;
    if (choice && choice.by !== 'words' && !isAsked(answered)) {
      return this.#go(choose(this.#dialog, this.#running, choice.id, this.#knowledge));
    }
    return this.#pause(answered);
  }

  /** Says something else, and keeps the dialog for later. */
  #pause(turn: Turn): Turn {
    const already = this.#running.paused;
    const turns = (already?.turns ?? 0) + 1;
    const bye = turn.reply.answer?.id === 'chat.goodbye';
    if (bye || turns > PAUSE_TURNS) return this.#asLeft(turn);
    const offer: readonly ReplyPart[] = already ? [] : [{ kind: 'text', key: 'dialogs:goOn' }];
    const { reply } = turn;
    return {
      state: {
        ...turn.state,
        dialog: { ...this.#running, paused: { by: already?.by ?? 'question', turns } },
      },
      reply: {
        ...reply,
        parts: [...reply.parts, ...offer],
        quickReplies: [RESUME, ...(already ? [] : [STOP]), ...reply.quickReplies.slice(0, OTHERS)],
      },
    };
  }

  #asLeft({ state, reply }: Turn): Turn {
    return {
      state: withoutDialog(state),
      reply: { ...reply, dialog: { id: this.#dialog.id, event: 'left' } },
    };
  }

  #leave(): Turn {
    return dialogTurn(withoutDialog(this.#state), this.#dialog.id, {
      parts: [{ kind: 'text', key: 'dialogs:left' }],
      quickReplies: [
        quickReply(dialogName(this.#dialog.id)),
        quickReply('chat.capabilities'),
        quickReply(HUMAN),
      ],
      event: 'left',
    });
  }

  #go(outcome: Outcome, before: readonly string[] = []): Turn {
    const said = before.map((key): ReplyPart => ({ kind: 'text', key }));
    return goTo(
      this.#state,
      this.#dialog,
      { ...outcome, parts: [...said, ...outcome.parts] },
      this.#knowledge,
    );
  }

  /** Nothing fits: once in other words, then the choices and a human. */
  #missed(): Turn {
    const misses = this.#running.misses + 1;
    const again = misses >= PATIENCE;
    const contacts = this.#knowledge.answers[HUMAN]?.[this.#state.locale]?.contacts ?? [];
    const parts: readonly ReplyPart[] = again
      ? [
          { kind: 'text', key: 'dialogs:chooseOrHuman' },
          { kind: 'contacts', ids: contacts },
        ]
      : rephrase(this.#dialog, this.#running);
    return dialogTurn({ ...this.#state, dialog: { ...this.#running, misses } }, this.#dialog.id, {
      parts,
      quickReplies: [...this.#choices().map(({ label }) => label), ...controls(this.#running)],
      event: 'continued',
    });
  }
}
