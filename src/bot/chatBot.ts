import {
  ActivityHandler,
  type ConversationState as ConversationStateStore,
  type StatePropertyAccessor,
  type TurnContext,
} from 'botbuilder';
import type { Brain } from '../brain.ts';
import type { ConversationState } from '../conversation/index.ts';
import type { Locale } from '../knowledge/index.ts';
import { toActivity } from './activities.ts';
import { type BotEvent, readEvent } from './events.ts';

/** What the bot keeps of a conversation: what the brain remembers, and whether it has said hello. */
interface Kept {
  readonly conversation?: ConversationState;
  readonly welcomed?: boolean;
  /** Language of the welcome: what a message in no clear language is answered in. */
  readonly locale?: Locale;
  /** A safety answer was given: from then on no word of the conversation may be kept by those who count. */
  readonly sensitive?: boolean;
  /** A message was answered: the next one is not the first. */
  readonly used?: boolean;
}

/** Events by which clients ask for the welcome where they send no `conversationUpdate`. */
const JOIN_EVENTS = new Set(['webchat/join', 'requestWelcomeDialog', 'startConversation']);

/** Event by which the window says that another language was chosen; its `locale` says which. */
const LANGUAGE_EVENT = 'language';

/** The bot as Bot Framework sees it: one brain turn for each message, one welcome for each conversation. */
export class ChatBot extends ActivityHandler {
  readonly #brain: Brain;
  readonly #kept: StatePropertyAccessor<Kept>;
  readonly #states: ConversationStateStore;
  readonly #tell: (event: BotEvent) => void;

  /** @param tell takes what happened, for those who count it */
  constructor(brain: Brain, states: ConversationStateStore, tell: (event: BotEvent) => void) {
    super();
    this.#brain = brain;
    this.#states = states;
    this.#tell = tell;
    this.#kept = states.createProperty<Kept>('chat');
    this.onMembersAdded(async (context, next) => {
      await this.#welcome(context);
      await next();
    });
    this.onEvent(async (context, next) => {
      const { name = '', value } = context.activity;
      if (JOIN_EVENTS.has(name)) await this.#welcome(context);
      if (name === 'dialog') await this.#openDialog(context, value);
      if (name === LANGUAGE_EVENT) await this.#goOnIn(this.#locale(context), context);
      const { conversation, locale } = await this.#kept.get(context, {});
      const spoken = conversation?.locale ?? locale ?? this.#locale(context);
      const event = readEvent(name, value, spoken, this.#brain);
      if (event) this.#tell(event);
      await next();
    });
    this.onMessage(async (context, next) => {
      await this.#answer(context);
      await next();
    });
  }

  override async run(context: TurnContext): Promise<void> {
    await super.run(context);
    await this.#states.saveChanges(context);
  }

  #locale(context: TurnContext): Locale {
    return this.#brain.localeFor([context.activity.locale ?? '']);
  }

  async #goOnIn(locale: Locale, context: TurnContext): Promise<void> {
    const kept = await this.#kept.get(context, {});
    const conversation = kept.conversation && { ...kept.conversation, locale };
    await this.#kept.set(context, { ...kept, locale, ...(conversation && { conversation }) });
  }

  async #welcome(context: TurnContext): Promise<void> {
    const kept = await this.#kept.get(context, {});
    if (kept.welcomed) return;
    const locale = this.#locale(context);
    await this.#kept.set(context, { ...kept, welcomed: true, locale });
    await context.sendActivity(toActivity(this.#brain.welcome(locale)));
    this.#tell({ kind: 'welcomed', locale });
  }

  /** A link such as `?dialog=quiz` begins that dialog; a name that is not known is passed over. */
  async #openDialog(context: TurnContext, value: unknown): Promise<void> {
    const { dialog } = (typeof value === 'object' && value !== null ? value : {}) as { dialog?: unknown };
    if (typeof dialog !== 'string') return;
    const kept = await this.#kept.get(context, {});
    const locale = kept.conversation?.locale ?? kept.locale ?? this.#locale(context);
    const turn = this.#brain.openDialog(kept.conversation, dialog, locale);
    if (!turn) return;
    await this.#kept.set(context, { ...kept, conversation: turn.state });
    await context.sendActivity(toActivity(turn.message));
    this.#tell({ kind: 'dialog-opened', dialog, locale: turn.state.locale });
  }

  async #answer(context: TurnContext): Promise<void> {
    const kept = await this.#kept.get(context, {});
    const { activity } = context;
    const hint = activity.locale === undefined && kept.locale ? kept.locale : this.#locale(context);
    if ((activity.attachments ?? []).length > 0) {
      const locale = kept.conversation?.locale ?? hint;
      await context.sendActivity(toActivity(this.#brain.uploadRefused(locale)));
      this.#tell({ kind: 'upload-refused', locale });
      return;
    }
    const utterance = activity.text ?? '';
    const turn = this.#brain.turn(kept.conversation, utterance, { locale: hint });
    const sensitive = kept.sensitive === true || turn.message.answer?.id.startsWith('safety.') === true;
    await this.#kept.set(context, {
      ...kept,
      welcomed: true,
      used: true,
      conversation: turn.state,
      sensitive,
    });
    await context.sendActivity(toActivity(turn.message));
    this.#tell({ kind: 'answered', utterance, turn, first: kept.used !== true, sensitive });
  }
}
