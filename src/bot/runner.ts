import {
  type Activity,
  type ActivityHandler,
  BotAdapter,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import type { Brain } from '../brain.ts';
import { ChatBot } from './chatBot.ts';
import type { BotEvent } from './events.ts';
import { beginTurn } from './turn.ts';

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

/** Runs activities through a handler of Bot Framework. */
export function createRunner(bot: ActivityHandler): RunBot {
  return async (activity, state) => {
    const adapter = new CollectingAdapter();
    const context = new TurnContext(adapter, activity);
    const turn = beginTurn(context, state);
    await bot.run(context);
    return { replies: adapter.replies, state: turn.kept, events: turn.events };
  };
}

export function createBotRunner(brain: Brain): RunBot {
  return createRunner(new ChatBot(brain));
}
