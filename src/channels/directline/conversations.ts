import type { Activity } from 'botbuilder';
import type { Observe, RunBot } from '../../bot/index.ts';
import {
  type ConversationStore,
  fingerprint,
  seal,
  UnknownConversation,
  unseal,
} from '../../storage/index.ts';
import { badArgument, unknownConversation } from './errors.ts';
import { createQueue } from './queue.ts';
import type { Grant } from './tokens.ts';

/** Activities after a watermark, as the protocol delivers them. */
export interface ActivitySet {
  readonly activities: readonly Partial<Activity>[];
  readonly watermark: string;
}

/** Conversations as the protocol sees them, over a store and the bot. */
export interface Conversations {
  /** Makes the conversation and lets the bot say hello. False where it existed already. */
  begin(grant: Grant, locale: string | undefined): Promise<boolean>;
  /** Handles what a person sent; returns the id of the activity kept. The same message twice is kept once. */
  receive(grant: Grant, activity: Partial<Activity>): Promise<string>;
  /** @param after the sequence up to which the client has read */
  read(grant: Grant, after: number): Promise<ActivitySet>;
  exists(grant: Grant): Promise<boolean>;
  erase(grant: Grant): Promise<void>;
}

export interface ConversationDeps {
  readonly store: ConversationStore;
  readonly runBot: RunBot;
  readonly now: () => number;
  /** Called after activities were kept. */
  readonly onAppended: (conversationId: string) => void;
  /** Told what happened in each turn that was kept. */
  readonly observe: Observe;
}

const BOT = { id: 'child-focus', name: 'Child Focus', role: 'bot' } as const;
const CHANNEL = 'directline';
/** Digits of the sequence in an activity id; the ids then sort like the activities. */
const ID_DIGITS = 7;

function activityId(conversationId: string, sequence: number): string {
  return `${conversationId}|${String(sequence).padStart(ID_DIGITS, '0')}`;
}

/** The id by which a client recognises its own message, where it sent one. */
function clientIdOf(activity: Partial<Activity>): string | undefined {
  const channelData: unknown = activity.channelData;
  if (typeof channelData !== 'object' || channelData === null) return undefined;
  const id = 'clientActivityID' in channelData ? channelData.clientActivityID : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** What is kept of a person's activity: nothing but what the protocol needs to show it again. */
function keptFrom(activity: Partial<Activity>): Partial<Activity> {
  const clientId = clientIdOf(activity);
  const { type, text, locale, name, from } = activity;
  return {
    type: type ?? 'message',
    from: { id: from?.id ?? 'visitor', name: '', role: 'user' },
    ...(text !== undefined && { text }),
    ...(locale !== undefined && { locale }),
    ...(name !== undefined && { name }),
    ...(clientId !== undefined && { channelData: { clientActivityID: clientId } }),
  };
}

export function createConversations({
  store,
  runBot,
  now,
  onAppended,
  observe,
}: ConversationDeps): Conversations {
  const queue = createQueue();

  /** Runs the bot on one activity and keeps message, replies and state together. */
  async function turn(
    { conversationId, key }: Grant,
    incoming: Partial<Activity>,
    keep: boolean,
  ): Promise<number> {
    const clientId = clientIdOf(incoming);
    const print = clientId === undefined ? undefined : fingerprint(clientId, key);
    const known = print === undefined ? undefined : await store.find(conversationId, print);
    if (known !== undefined) return known;
    const sealedState = await store.state(conversationId);
    const timestamp = new Date(now()).toISOString();
    const { replies, state, events } = await runBot(
      {
        ...incoming,
        channelId: CHANNEL,
        serviceUrl: '',
        from: { id: incoming.from?.id ?? 'visitor', name: '', role: 'user' },
        recipient: BOT,
        conversation: { id: conversationId, isGroup: false, conversationType: 'personal', name: '' },
      },
      sealedState && unseal(sealedState, key, conversationId),
    );
    const delivered = [
      ...(keep ? [{ ...keptFrom(incoming), timestamp }] : []),
      ...replies
        .filter(({ type }) => type === 'message')
        .map((reply) => ({ ...reply, from: BOT, timestamp })),
    ];
    const appended = await store.append(
      conversationId,
      {
        activities: delivered.map((activity) => seal(activity, key, conversationId)),
        state: seal(state, key, conversationId),
        ...(print !== undefined && { fingerprint: print }),
      },
      now(),
    );
    if (appended.kind === 'appended') {
      onAppended(conversationId);
      observe(events);
    }
    return appended.first;
  }

  return {
    begin: (grant, locale) =>
      queue(grant.conversationId, async () => {
        if (await store.exists(grant.conversationId)) return false;
        await store.create(grant.conversationId, now());
        const joined = {
          type: 'conversationUpdate',
          membersAdded: [{ id: 'visitor', name: '' }],
          ...(locale !== undefined && { locale }),
        };
        await turn(grant, joined, false);
        return true;
      }),
    receive: (grant, activity) =>
      queue(grant.conversationId, async () => {
        try {
          // Events and signs of typing reach the bot; only what a person said is kept and shown.
          const isMessage = activity.type === 'message';
          return activityId(grant.conversationId, await turn(grant, activity, isMessage));
        } catch (error) {
          throw error instanceof UnknownConversation ? unknownConversation() : error;
        }
      }),
    async read({ conversationId, key }, after) {
      const kept = await store.read(conversationId, after);
      if (kept.length === 0 && after > 0 && (await store.read(conversationId, after - 1)).length === 0) {
        throw badArgument('The watermark is not one that this server gave.');
      }
      const activities = kept.map(({ sequence, sealed }) => ({
        ...(unseal(sealed, key, conversationId) as Partial<Activity>),
        id: activityId(conversationId, sequence),
        channelId: CHANNEL,
        conversation: { id: conversationId, isGroup: false, conversationType: 'personal', name: '' },
      }));
      return { activities, watermark: String(kept.at(-1)?.sequence ?? after) };
    },
    exists: ({ conversationId }) => store.exists(conversationId),
    erase: ({ conversationId }) => queue(conversationId, () => store.erase(conversationId)),
  };
}
