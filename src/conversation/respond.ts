import {
  type AnswerId,
  dialogOf,
  FALLBACK,
  type Knowledge,
  type Locale,
  type Series,
  type SeriesId,
} from '../knowledge/index.ts';
import { aspectOf, type Candidate, topicOf, type Understanding } from '../understanding/index.ts';
import { pauseForSafety, respondInDialog, startDialog } from './dialog/respondInDialog.ts';
import { HUMAN, quickReply } from './dialog/turns.ts';
import { resolveFollowUp } from './followUp.ts';
import { languagesToOffer } from './languages.ts';
import { select } from './select.ts';
import { forget, newConversation, nextTurn, rememberAnswer } from './state.ts';
import type { ConversationState, QuickReply, Reply, ReplyPart } from './types.ts';

/** What a turn yields: the reply, and what to remember. */
export interface Turn {
  readonly state: ConversationState;
  readonly reply: Reply;
}

/** An answer whose score is not a guess: a tapped button, a command, a follow-up. */
const CERTAIN = 1;
/** Buttons under an apology. */
const MOST_WAYS = 4;
/** Misses in a row after which the human comes first. */
const PATIENCE = 2;

/**
 * One turn of a conversation: from what is remembered and what was understood to a reply. Pure.
 *
 * @param previous undefined at the first message
 */
export function respond(
  previous: ConversationState | undefined,
  understanding: Understanding,
  knowledge: Knowledge,
): Turn {
  const state = nextTurn(previous ?? newConversation(understanding.locale), understanding.locale);
  const turn = new TurnBuilder(state, understanding, knowledge);

  // The order is the promise: safe word, then safety, before all else.
  if (understanding.command === 'safe-word') return turn.safeWord();
  if (understanding.safety) return pauseForSafety(turn.answer(understanding.safety));
  const otherwise = () => withoutADialog(turn, previous, understanding, knowledge);
  return respondInDialog(state, understanding, knowledge, otherwise) ?? otherwise();
}

/** Begins a dialog that was asked for by a link; undefined where there is none of that name. */
export function openDialog(
  previous: ConversationState | undefined,
  locale: Locale,
  id: string,
  knowledge: Knowledge,
): Turn | undefined {
  return startDialog(previous ?? newConversation(locale), id, knowledge);
}

/** What a message gets when no dialog claims it. */
function withoutADialog(
  turn: TurnBuilder,
  previous: ConversationState | undefined,
  understanding: Understanding,
  knowledge: Knowledge,
): Turn {
  const dialog = dialogOf(understanding.candidates[0]?.id ?? '');
  if (dialog !== undefined) return turn.begin(dialog) ?? turn.notUnderstood(0);
  const command = respondToCommand(turn, previous, understanding);
  if (command) return command;
  if (understanding.candidates.length === 0) {
    return understanding.holdsLink ? turn.linkRefused() : turn.nothingSaid();
  }

  const followUp = previous && resolveFollowUp(previous, understanding, knowledge);
  if (followUp) {
    const ranked = understanding.candidates.find(({ id }) => id === followUp.id);
    return turn.answer({ id: followUp.id, score: ranked?.score ?? CERTAIN });
  }
  const selection = select(understanding.candidates);
  if (understanding.holdsLink && selection.kind !== 'answer') return turn.linkRefused();
  switch (selection.kind) {
    case 'answer':
      return turn.answer(selection.candidate);
    case 'choices':
      return turn.askBack(selection.ids);
    case 'none':
      return turn.notUnderstood(selection.score);
  }
}

function respondToCommand(
  turn: TurnBuilder,
  previous: ConversationState | undefined,
  understanding: Understanding,
): Turn | undefined {
  const offered = previous?.choices ?? [];
  switch (understanding.command) {
    case 'human':
      return turn.answer({ id: HUMAN, score: CERTAIN });
    case 'not-meant':
      return turn.misread(previous);
    case 'restart':
      return turn.startAgain();
    case 'stop':
      return turn.answer({ id: 'chat.goodbye', score: CERTAIN });
    case 'no':
      return offered.length > 0 ? turn.misread(previous) : undefined;
    case 'yes':
      return offered[0] ? turn.answer({ id: offered[0], score: CERTAIN }) : undefined;
    default:
      return undefined;
  }
}

/** Builds the replies of one turn; every method ends the turn. */
class TurnBuilder {
  readonly #state: ConversationState;
  readonly #understanding: Understanding;
  readonly #knowledge: Knowledge;

  constructor(state: ConversationState, understanding: Understanding, knowledge: Knowledge) {
    this.#state = state;
    this.#understanding = understanding;
    this.#knowledge = knowledge;
  }

  answer({ id, score }: Candidate): Turn {
    const { entities } = this.#understanding;
    const isTopic = topicOf(id) in this.#knowledge.topics;
    const { parts, year } = this.#partsOf(id);
    const languages = parts.some((part) => part.kind === 'answer')
      ? languagesToOffer(id, this.#state, this.#knowledge)
      : [];
    if (languages.length > 0) return this.#offerLanguages(id, languages);
    const quickReplies = this.#quickRepliesOf(id);
    const details = { ...(year !== undefined && { year }), ...(entities.role && { role: entities.role }) };
    return {
      state: rememberAnswer(this.#state, id, isTopic, details),
      reply: this.#reply(parts, quickReplies, { id, score, ...(year !== undefined && { year }) }),
    };
  }

  /** Undefined where the dialog does not exist in this language. */
  begin(dialog: string): Turn | undefined {
    return startDialog(this.#state, dialog, this.#knowledge);
  }

  /** The answer does not exist in the language of the conversation: the person chooses another one. */
  #offerLanguages(id: AnswerId, locales: readonly Locale[]): Turn {
    return {
      state: { ...this.#state, untranslated: id },
      reply: this.#reply(
        [
          { kind: 'text', key: 'conversation:chooseLanguage' },
          { kind: 'contacts', ids: this.#contactsOf(id) },
        ],
        locales.map((locale) => ({ kind: 'language', locale })),
        null,
      ),
    };
  }

  askBack(ids: readonly AnswerId[]): Turn {
    return {
      state: { ...this.#state, choices: ids },
      reply: {
        ...this.#reply(
          [{ kind: 'text', key: 'conversation:askBack' }],
          [...ids.map(answerButton), { kind: 'text', key: 'conversation:noneOfThese' }],
          null,
        ),
        choices: ids,
      },
    };
  }

  notUnderstood(score: number): Turn {
    const misses = this.#state.misses + 1;
    const again = misses >= PATIENCE;
    const parts: readonly ReplyPart[] = again
      ? [{ kind: 'text', key: 'conversation:stillNotUnderstood' }]
      : [{ kind: 'answer', id: FALLBACK }];
    const ways = this.#waysOn();
    const humanFirst = [
      answerButton(HUMAN),
      ...ways.filter((way) => way.kind !== 'answer' || way.id !== HUMAN),
    ];
    return {
      state: { ...this.#state, misses },
      reply: this.#reply(parts, again ? humanFirst : ways, { id: FALLBACK, score }),
    };
  }

  /** Empty messages, emoji, signs: nothing to understand, but somebody is there. */
  nothingSaid(): Turn {
    return {
      state: this.#state,
      reply: this.#reply([{ kind: 'text', key: 'conversation:nothingSaid' }], this.#waysOn(), {
        id: FALLBACK,
        score: CERTAIN,
      }),
    };
  }

  /** A link is never opened; the reply says where to report what it leads to. */
  linkRefused(): Turn {
    return {
      state: this.#state,
      reply: this.#reply(
        [
          { kind: 'text', key: 'conversation:linkRefused' },
          { kind: 'contacts', ids: this.#contactsOf('abuse-images.found') },
        ],
        [answerButton('reporting.channel'), answerButton(HUMAN)],
        { id: 'abuse-images.found', score: CERTAIN },
      ),
    };
  }

  safeWord(): Turn {
    const { dialog } = this.#state;
    const reply = this.#reply(
      [
        { kind: 'text', key: 'conversation:safeWord' },
        { kind: 'contacts', ids: this.#contactsOf(HUMAN) },
      ],
      [answerButton(HUMAN), { kind: 'text', key: 'conversation:startAgainButton' }],
      { id: HUMAN, score: CERTAIN },
    );
    return {
      state: forget(this.#state),
      reply: dialog ? { ...reply, dialog: { id: dialog.id, event: 'left' } } : reply,
    };
  }

  /** "That's not what I meant": apologise, offer what else it could have been, and a human. */
  misread(previous: ConversationState | undefined): Turn {
    const { lastAnswer } = previous ?? {};
    const runnersUp =
      lastAnswer === undefined || lastAnswer.startsWith('safety.') ? [] : this.#neighbours(lastAnswer);
    return {
      state: forget(this.#state),
      reply: this.#reply(
        [{ kind: 'text', key: 'conversation:misread' }],
        [...runnersUp.map(answerButton), ...this.#waysOn()].slice(0, MOST_WAYS),
        { id: FALLBACK, score: CERTAIN },
      ),
    };
  }

  startAgain(): Turn {
    return {
      state: forget(this.#state),
      reply: this.#reply([{ kind: 'answer', id: 'chat.greeting' }], this.#quickRepliesOf('chat.greeting'), {
        id: 'chat.greeting',
        score: CERTAIN,
      }),
    };
  }

  /** The body of the answer; before it, for figures, the value of the year that was asked. */
  #partsOf(id: AnswerId): { readonly parts: readonly ReplyPart[]; readonly year?: number } {
    const body: ReplyPart = { kind: 'answer', id };
    const series = this.#seriesAsked(id);
    const years = series === undefined ? [] : this.#yearsAsked(series);
    if (series === undefined || years.length === 0) return { parts: [body] };
    const year = years.at(-1);
    const shares = this.#understanding.entities.groups.length > 0;
    return {
      parts: [{ kind: 'figure', series, years, ...(shares && { shares }) }],
      ...(year !== undefined && { year }),
    };
  }

  #yearsAsked(id: SeriesId): readonly number[] {
    const { entities } = this.#understanding;
    const [only] = entities.years;
    // "And compared with 2017?" compares with the year of the answer before.
    const before = this.#state.year;
    if (only === undefined || entities.years.length > 1 || !entities.comparison) return entities.years;
    // "Did it fall in 2018?" is answered by the year before it, too; without data of that year, by the nearest with data.
    const series = this.#knowledge.series[id];
    const other = before === undefined || before === only ? series && comparableYear(series, only) : before;
    return other === undefined ? [only] : [only, other].sort((a, b) => a - b);
  }

  #seriesAsked(id: AnswerId): SeriesId | undefined {
    return aspectOf(id) === 'figures' ? this.#knowledge.topics[topicOf(id)]?.series : undefined;
  }

  #quickRepliesOf(id: AnswerId): readonly QuickReply[] {
    const answer = this.#answerIn(id);
    if (!answer) return [];
    return answer.quickReplies.map(quickReply);
  }

  /** Where to go from a message that nothing was found for, as staff chose for the fallback. */
  #waysOn(): readonly QuickReply[] {
    return this.#quickRepliesOf(FALLBACK);
  }

  #contactsOf(id: AnswerId) {
    return this.#answerIn(id)?.contacts ?? [];
  }

  #neighbours(id: AnswerId): readonly AnswerId[] {
    return (
      this.#answerIn(id)
        ?.quickReplies.filter((name) => dialogOf(name) === undefined)
        .slice(0, 1) ?? []
    );
  }

  #answerIn(id: AnswerId) {
    const answers = this.#knowledge.answers[id];
    const { locale, fallbackLocale = '' } = this.#state;
    return answers?.[locale] ?? answers?.[fallbackLocale] ?? Object.values(answers ?? {})[0];
  }

  #reply(parts: readonly ReplyPart[], quickReplies: readonly QuickReply[], answer: Reply['answer']): Reply {
    const { locale, fallbackLocale } = this.#state;
    return {
      locale,
      ...(fallbackLocale !== undefined && { fallbackLocale }),
      parts,
      quickReplies,
      answer,
      choices: [],
    };
  }
}

/** The last year with data before this one; the first after it where there is none. */
function comparableYear({ values }: Series, than: number): number | undefined {
  const years = values.map(({ year }) => year);
  return years.findLast((year) => year < than) ?? years.find((year) => year > than);
}

function answerButton(id: AnswerId): QuickReply {
  return { kind: 'answer', id };
}
