import type { Activity } from 'botbuilder';
import type { Observe, RunBot } from '../../bot/index.ts';
import {
  type ConversationStore,
  fingerprint,
  StoreUnavailable,
  seal,
  type TurnRecord,
  UnknownConversation,
  unseal,
} from '../../storage/index.ts';
import { badArgument, unknownConversation } from './errors.ts';
import { createQueue } from './queue.ts';
import type { Grant } from './tokens.ts';

/** An activity as clients get it. */
export type Delivered = Omit<Partial<Activity>, 'timestamp'> & { readonly timestamp?: string };

/** Activities after a watermark, as the protocol delivers them. */
export interface ActivitySet {
  readonly activities: readonly Delivered[];
  readonly watermark: string;
}

/** What came of an activity that a person sent. */
export interface Received {
  /** Id of the activity kept. */
  readonly id: string;
  /** What was added just now, and the sequence after which; nothing for a message that was kept before. */
  readonly added?: { readonly after: number; readonly set: ActivitySet };
}

/** Conversations as the protocol sees them, over a store and the bot. */
export interface Conversations {
  /** Makes the conversation and lets the bot say hello. False where it existed already. */
  begin(grant: Grant, locale: string | undefined): Promise<boolean>;
  /** Handles what a person sent. The same message twice is kept once. */
  receive(grant: Grant, activity: Partial<Activity>): Promise<Received>;
  /**
   * At most `limit` activities.
   *
   * @param after the sequence up to which the client has read
   * @throws {DirectLineError} 404 where the conversation is not there, 400 for a watermark that was never given
   */
  read(grant: Grant, after: number, limit: number): Promise<ActivitySet>;
  exists(grant: Grant): Promise<boolean>;
  erase(grant: Grant): Promise<void>;
}

export interface ConversationDeps {
  readonly store: ConversationStore;
  readonly runBot: RunBot;
  readonly now: () => number;
  /** Told what happened in each turn that was kept. */
  readonly observe: Observe;
}

const BOT = { id: 'child-focus', name: 'Child Focus', role: 'bot' } as const;
const CHANNEL = 'directline';
/** Digits of the sequence in an activity id; the ids then sort like the activities. */
const ID_DIGITS = 7;
/** Only instances compete, since each of them takes one message after the other: more than a few is a fault. */
const MOST_ATTEMPTS = 50;

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

export function createConversations({ store, runBot, now, observe }: ConversationDeps): Conversations {
  const queue = createQueue();

  /** Runs the bot on one activity: message, replies and state to be kept together. */
  async function turn({ conversationId, key }: Grant, incoming: Partial<Activity>, sealedState?: Uint8Array) {
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
      // Events and signs of typing reach the bot; only what a person said is kept and shown.
      ...(incoming.type === 'message' ? [{ ...keptFrom(incoming), timestamp }] : []),
      ...replies
        .filter(({ type }) => type === 'message')
        .map((reply) => ({ ...reply, from: BOT, timestamp })),
    ];
    const record: TurnRecord = {
      activities: delivered.map((activity) => seal(activity, key, conversationId)),
      state: seal(state, key, conversationId),
    };
    return { delivered, record, events };
  }

  /** Activities as clients get them; the first one has this sequence. */
  function setOf(conversationId: string, activities: readonly Delivered[], first: number): ActivitySet {
    return {
      activities: activities.map((activity, i) => ({
        ...activity,
        id: activityId(conversationId, first + i),
        channelId: CHANNEL,
        conversation: { id: conversationId, isGroup: false, conversationType: 'personal', name: '' },
      })),
      watermark: String(first + activities.length - 1),
    };
  }

  /** A turn that another instance overtook is run again. */
  async function receive(grant: Grant, activity: Partial<Activity>): Promise<Received> {
    const { conversationId, key } = grant;
    const clientId = clientIdOf(activity);
    const print = clientId === undefined ? undefined : fingerprint(clientId, key);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const snapshot = await store.open(conversationId, print);
      if (!snapshot) throw unknownConversation();
      if (snapshot.known !== undefined) return { id: activityId(conversationId, snapshot.known) };
      const { delivered, record, events } = await turn(grant, activity, snapshot.state);
      const appended = await store.append(
        conversationId,
        { ...record, ...(print !== undefined && { fingerprint: print }) },
        snapshot.version,
      );
      if (appended.kind === 'overtaken') continue;
      const id = activityId(conversationId, appended.first);
      if (appended.kind === 'known') return { id };
      observe(events);
      return {
        id,
        added: { after: appended.first - 1, set: setOf(conversationId, delivered, appended.first) },
      };
    }
    throw new StoreUnavailable('One conversation was written to from too many places at once.');
  }

  return {
    begin: (grant, locale) =>
      queue(grant.conversationId, async () => {
        if (await store.exists(grant.conversationId)) return false;
        const joined = {
          type: 'conversationUpdate',
          membersAdded: [{ id: 'visitor', name: '' }],
          ...(locale !== undefined && { locale }),
        };
        const { record, events } = await turn(grant, joined);
        const created = await store.create(grant.conversationId, record);
        if (created) observe(events);
        return created;
      }),
    receive: (grant, activity) =>
      queue(grant.conversationId, async () => {
        try {
          return await receive(grant, activity);
        } catch (error) {
          throw error instanceof UnknownConversation ? unknownConversation() : error;
        }
      }),
    async read({ conversationId, key }, after, limit) {
      const page = await store.read(conversationId, after, limit);
      if (!page) throw unknownConversation();
      if (after > page.last) throw badArgument('The watermark is not one that this server gave.');
      const activities = page.activities.map(
        ({ sealed }) => unseal(sealed, key, conversationId) as Delivered,
      );
      return setOf(conversationId, activities, page.activities[0]?.sequence ?? after + 1);
    },
    exists: ({ conversationId }) => store.exists(conversationId),
    erase: ({ conversationId }) => queue(conversationId, () => store.erase(conversationId)),
  };
}
