import {
  type ConversationState,
  languageChosen,
  newConversation,
  openDialog,
  optionsAt,
  quickReply,
  type Reply,
  respond,
  withoutUnknown,
} from './conversation/index.ts';
import { type Knowledge, type Locale, sameness } from './knowledge/index.ts';
import { commonValues, createRender, createSay, type Message, type Say } from './rendering/index.ts';
import {
  createUnderstand,
  type Understand,
  type Understanding,
  type UnderstandingModel,
} from './understanding/index.ts';

/** When a turn began and how long its stages took, in milliseconds of the brain's clock. */
export interface StageTimes {
  readonly startedAt: number;
  readonly understanding: number;
  readonly conversation: number;
  readonly rendering: number;
}

/** What a turn yields: what to say, what to remember, and what was understood (for tools and counts). */
export interface BrainTurn {
  readonly state: ConversationState;
  readonly message: Message;
  /** The reply that the message puts into words; `render` does so in any language. */
  readonly reply: Reply;
  readonly understanding: Understanding;
  readonly times: StageTimes;
}

/** The whole bot without a channel: pure, synchronous, the same in the server, the terminal and the tests. */
export interface Brain {
  readonly knowledge: Knowledge;
  readonly say: Say;
  turn(
    state: ConversationState | undefined,
    utterance: string,
    hint: { readonly locale?: Locale },
  ): BrainTurn;
  /** Begins a dialog that a link asks for; undefined where there is none of that name in that language. */
  openDialog(
    state: ConversationState | undefined,
    id: string,
    locale: Locale,
  ): Pick<BrainTurn, 'state' | 'message'> | undefined;
  /** A reply in the words of its locale. */
  render(reply: Reply): Message;
  welcome(locale: Locale): Message;
  uploadRefused(locale: Locale): Message;
  /** The locale of this knowledge nearest to what a browser asks for: `fr-BE` → `fr`; the default one otherwise. */
  localeFor(tags: readonly string[]): Locale;
}

export interface BrainOptions {
  /** Silence after which a conversation is erased, in minutes; the welcome says it. */
  readonly sessionMinutes: number;
  /** Present time, for "last year". */
  readonly now: () => Date;
  /** Milliseconds that only ever grow, to time the stages of a turn; without it every stage takes 0. */
  readonly clock?: () => number;
}

export function createBrain(knowledge: Knowledge, model: UnderstandingModel, options: BrainOptions): Brain {
  return assembleBrain(knowledge, createUnderstand(knowledge, model), options);
}

/** @param understand made for the same phrasings, topics and languages as the knowledge has; its texts may be others */
export function assembleBrain(knowledge: Knowledge, understand: Understand, options: BrainOptions): Brain {
  const say = createSay(knowledge);
  const render = createRender(knowledge, say);
  const first = knowledge.locales[0] as Locale;
  const clock = options.clock ?? (() => 0);

  function plainMessage(locale: Locale, key: string, buttonsOf: string): Message {
    const values = { ...commonValues(knowledge, locale), minutes: options.sessionMinutes };
    const answer = knowledge.answers[buttonsOf]?.[locale];
    return {
      ...render({
        locale,
        parts: [{ kind: 'text', key, values }],
        quickReplies: (answer?.quickReplies ?? []).map(quickReply),
        answer: null,
        choices: [],
      }),
    };
  }

  /** Languages by their own names: such a name as the whole message chooses the language. */
  const localeNamed = new Map(
    knowledge.locales
      .toReversed()
      .map((locale) => [sameness(say(locale, 'conversation:languageName')), locale]),
  );

  return {
    knowledge,
    say,
    turn(previous, utterance, hint) {
      const startedAt = clock();
      const state = previous && withoutUnknown(previous, knowledge);
      const prior = state?.locale ?? hint.locale;
      const picked = localeNamed.get(sameness(utterance));
      const chosen = state && picked !== undefined ? languageChosen(state, picked) : undefined;
      const understanding =
        chosen?.understanding ??
        understand(utterance, {
          now: options.now(),
          options: optionsAt(state, knowledge),
          ...(prior !== undefined && { locale: prior }),
        });
      const understoodAt = clock();
      const begun =
        chosen?.state ?? state ?? (hint.locale === undefined ? undefined : newConversation(hint.locale));
      const { state: next, reply } = respond(begun, understanding, knowledge);
      const decidedAt = clock();
      const message = render(reply);
      const times = {
        startedAt,
        understanding: understoodAt - startedAt,
        conversation: decidedAt - understoodAt,
        rendering: clock() - decidedAt,
      };
      return { state: next, message, reply, understanding, times };
    },
    openDialog(state, id, locale) {
      const turn = openDialog(state, locale, id, knowledge);
      return turn && { state: turn.state, message: render(turn.reply) };
    },
    render,
    welcome: (locale) => plainMessage(locale, 'conversation:welcome', 'chat.greeting'),
    uploadRefused: (locale) => plainMessage(locale, 'conversation:uploadRefused', 'abuse-images.found'),
    localeFor(tags) {
      const wanted = tags.map((tag) => tag.toLowerCase().split('-')[0]);
      return wanted.find((tag) => tag !== undefined && knowledge.locales.includes(tag)) ?? first;
    },
  };
}
