import {
  type Activity,
  BotAdapter,
  ConversationState as ConversationStateStore,
  type ResourceResponse,
  type Storage,
  type StoreItems,
  TurnContext,
} from 'botbuilder';
import type { Brain } from '../brain.ts';
import { ChatBot } from './chatBot.ts';
import type { BotEvent } from './events.ts';

/** What one activity led to. */
export interface BotTurn {
  /** Replies in order. */
  readonly replies: readonly Partial<Activity>[];
  /** State to keep, plain JSON. */
  readonly state: unknown;
  /** What happened, to be told to those who count once the turn is kept. */
  readonly events: readonly BotEvent[];
}

/** Runs one activity through the bot. The state goes in and comes out: keeping it is the channel's work. */
export type RunBot = (activity: Partial<Activity>, state: unknown) => Promise<BotTurn>;

/** Gathers what the bot sends instead of delivering it: the channel stores message, replies and state together. */
class CollectingAdapter extends BotAdapter {
  readonly replies: Partial<Activity>[] = [];

  override async sendActivities(
    _context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    this.replies.push(...activities);
    return activities.map(() => ({ id: '' }));
  }

  override async updateActivity(): Promise<void> {
    throw new Error('This channel keeps what was said: activities are not changed afterwards.');
  }

  override async deleteActivity(): Promise<void> {
    throw new Error('This channel keeps what was said: activities are not deleted one by one.');
  }

  override async continueConversation(): Promise<void> {
    throw new Error('The bot speaks only when spoken to.');
  }

  override async continueConversationAsync(): Promise<void> {
    return this.continueConversation();
  }
}

/** Bot Framework storage for the length of one turn. */
class TurnStorage implements Storage {
  items: StoreItems;

  constructor(items: StoreItems) {
    this.items = items;
  }

  async read(keys: string[]): Promise<StoreItems> {
    return Object.fromEntries(keys.flatMap((key) => (key in this.items ? [[key, this.items[key]]] : [])));
  }

  async write(changes: StoreItems): Promise<void> {
    this.items = { ...this.items, ...changes };
  }

  async delete(keys: string[]): Promise<void> {
    this.items = Object.fromEntries(Object.entries(this.items).filter(([key]) => !keys.includes(key)));
  }
}

export function createBotRunner(brain: Brain): RunBot {
  return async (activity, state) => {
    const storage = new TurnStorage((state ?? {}) as StoreItems);
    const adapter = new CollectingAdapter();
    const events: BotEvent[] = [];
    const bot = new ChatBot(brain, new ConversationStateStore(storage), (event) => events.push(event));
    await bot.run(new TurnContext(adapter, activity));
    return { replies: adapter.replies, state: storage.items, events };
  };
}
