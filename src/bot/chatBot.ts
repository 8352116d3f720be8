import { ActivityHandler, type TurnContext } from 'botbuilder';
import type { Brain } from '../brain.ts';
import type { Locale } from '../knowledge/index.ts';
import { toActivity } from './activities.ts';
import { readEvent } from './events.ts';
import { turnOf } from './turn.ts';

/** Events by which clients ask for the welcome where they send no `conversationUpdate`. */
const JOIN_EVENTS = new Set(['webchat/join', 'requestWelcomeDialog', 'startConversation']);

/** Event by which the window says that another language was chosen; its `locale` says which. */
const LANGUAGE_EVENT = 'language';

/** The bot as Bot Framework sees it: one brain turn for each message, one welcome for each conversation. */
export class ChatBot extends ActivityHandler {
  readonly #brain: Brain;

  constructor(brain: Brain) {
    super();
    this.#brain = brain;
    this.onMembersAdded(async (context, next) => {
      await this.#welcome(context);
      await next();
    });
    this.onEvent(async (context, next) => {
      const { name = '', value } = context.activity;
      if (JOIN_EVENTS.has(name)) await this.#welcome(context);
      if (name === 'dialog') await this.#openDialog(context, value);
      if (name === LANGUAGE_EVENT) this.#goOnIn(this.#locale(context), context);
      const { kept, events } = turnOf(context);
      const spoken = kept.conversation?.locale ?? kept.locale ?? this.#locale(context);
      const event = readEvent(name, value, spoken, this.#brain);
      if (event) events.push(event);
      await next();
    });
    this.onMessage(async (context, next) => {
      await this.#answer(context);
      await next();
    });
  }

  #locale(context: TurnContext): Locale {
    return this.#brain.localeFor([context.activity.locale ?? '']);
  }

  #goOnIn(locale: Locale, context: TurnContext): void {
    const turn = turnOf(context);
    const conversation = turn.kept.conversation && { ...turn.kept.conversation, locale };
    turn.kept = { ...turn.kept, locale, ...(conversation && { conversation }) };
  }

  async #welcome(context: TurnContext): Promise<void> {
    const turn = turnOf(context);
    if (turn.kept.welcomed) return;
    const locale = this.#locale(context);
    turn.kept = { ...turn.kept, welcomed: true, locale };
    await context.sendActivity(toActivity(this.#brain.welcome(locale)));
    turn.events.push({ kind: 'welcomed', locale });
  }

  /** A link such as `?dialog=quiz` begins that dialog; a name that is not known is passed over. */
  async #openDialog(context: TurnContext, value: unknown): Promise<void> {
    const { dialog } = (typeof value === 'object' && value !== null ? value : {}) as { dialog?: unknown };
    if (typeof dialog !== 'string') return;
    const turn = turnOf(context);
    const { kept } = turn;
    const locale = kept.conversation?.locale ?? kept.locale ?? this.#locale(context);
    const opened = this.#brain.openDialog(kept.conversation, dialog, locale);
    if (!opened) return;
    turn.kept = { ...kept, conversation: opened.state };
    await context.sendActivity(toActivity(opened.message));
    turn.events.push({ kind: 'dialog-opened', dialog, locale: opened.state.locale });
  }

  async #answer(context: TurnContext): Promise<void> {
    const turn = turnOf(context);
    const { kept } = turn;
    const { activity } = context;
    const hint = activity.locale === undefined && kept.locale ? kept.locale : this.#locale(context);
    if ((activity.attachments ?? []).length > 0) {
      const locale = kept.conversation?.locale ?? hint;
      await context.sendActivity(toActivity(this.#brain.uploadRefused(locale)));
      turn.events.push({ kind: 'upload-refused', locale });
      return;
    }
    const utterance = activity.text ?? '';
    const answered = this.#brain.turn(kept.conversation, utterance, { locale: hint });
    const { message, state } = answered;
    const sensitive = kept.sensitive === true || message.answer?.id.startsWith('safety.') === true;
    turn.kept = { ...kept, welcomed: true, used: true, conversation: state, sensitive };
    await context.sendActivity(toActivity(message));
    turn.events.push({ kind: 'answered', utterance, turn: answered, first: kept.used !== true, sensitive });
  }
}
