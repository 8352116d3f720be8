import type { Activity, TurnContext } from 'botbuilder';
import type { BotEvent, Observe, RunBot } from '../../bot/index.ts';
import type { Brain } from '../../brain.ts';
import { commonValues } from '../../rendering/index.ts';
import { createQueue } from '../directline/index.ts';
import { forBot, type Incoming } from './incoming.ts';
import type { Recall } from './memory.ts';
import { channelName, forChannel } from './outgoing.ts';

export interface TurnDeps {
  readonly brain: Brain;
  readonly runBot: RunBot;
  readonly recall: Recall;
  readonly observe: Observe;
}

const PRIVACY = 'chat.privacy';

function asksAboutPrivacy(events: readonly BotEvent[]): boolean {
  return events.some((event) => event.kind === 'answered' && event.turn.message.answer?.id === PRIVACY);
}

/** One turn: what a channel of Azure Bot Service sent, through the bot, and back. One after the other in a conversation. */
export function createTurns({ brain, runBot, recall, observe }: TurnDeps) {
  const queue = createQueue();

  /** What the welcome and the answer on privacy cannot promise here: the text passes through others. */
  function notice(channelId: string, locale: string | undefined): Partial<Activity> {
    const spoken = brain.localeFor([locale ?? '']);
    return {
      type: 'message',
      locale: spoken,
      text: brain.say(spoken, 'conversation:thirdParty', {
        ...commonValues(brain.knowledge, spoken),
        channel: channelName(channelId),
      }),
    };
  }

  return async (context: TurnContext): Promise<void> => {
    const incoming = context.activity as unknown as Incoming;
    const activity = forBot(incoming);
    if (!activity) return;
    const conversation = `${incoming.channelId}|${incoming.conversation.id}`;
    await queue(conversation, async () => {
      const before = await recall(conversation, incoming.id);
      if (before.isHandled) return;
      const { replies, state, events } = await runBot(activity, before.state);
      const isToldOfOthers = replies.length > 0 && (before.state === undefined || asksAboutPrivacy(events));
      const sent = [
        ...replies.map((reply) => forChannel(incoming.channelId, incoming.from.id, reply)),
        ...(isToldOfOthers ? [notice(incoming.channelId, replies[0]?.locale)] : []),
      ];
      if (sent.length > 0) await context.sendActivities(sent);
      await before.keep(state);
      observe(events);
    });
  };
}
