import { z } from 'zod';

const MAX_ID = 1000;
const account = z.looseObject({ id: z.string().max(MAX_ID) });

/** What must be there for a turn. The rest is checked by who signed it, and not kept. */
const schema = z.looseObject({
  type: z.string().min(1).max(MAX_ID),
  id: z.string().max(MAX_ID).optional(),
  channelId: z.string().min(1).max(MAX_ID),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: account,
  recipient: account,
  conversation: z.looseObject({ id: z.string().min(1).max(MAX_ID), isGroup: z.boolean().optional() }),
  text: z.string().optional(),
  locale: z.string().max(MAX_ID).optional(),
  name: z.string().max(MAX_ID).optional(),
  value: z.unknown().optional(),
  membersAdded: z.array(account).optional(),
  attachments: z.array(z.looseObject({ contentType: z.string().optional() })).optional(),
});

/** An activity as a channel of Azure Bot Service sends it. */
export type Incoming = z.output<typeof schema>;

/** Undefined for what is no activity. */
export function readIncoming(body: unknown): Incoming | undefined {
  return schema.safeParse(body).data;
}

/** Teams sends the text of every message a second time, as HTML. */
const SAME_TEXT = 'text/html';

/** The activity as the bot sees it, without who sent it; undefined for what it does not react to. */
export function forBot(activity: Incoming): object | undefined {
  const { type, channelId, recipient, conversation, text, locale, name, value } = activity;
  const members = activity.membersAdded?.filter(({ id }) => id !== recipient.id) ?? [];
  const isWanted =
    type === 'message' || type === 'event' || (type === 'conversationUpdate' && members.length > 0);
  // What young people ask is not for a group to read.
  if (!isWanted || conversation.isGroup === true) return undefined;
  const files = activity.attachments?.filter(({ contentType }) => contentType !== SAME_TEXT) ?? [];
  return {
    type,
    channelId,
    serviceUrl: '',
    from: { id: 'visitor', name: '', role: 'user' },
    recipient: { id: 'child-focus', name: '', role: 'bot' },
    conversation: { id: 'chat', isGroup: false, conversationType: 'personal', name: '' },
    ...(text !== undefined && { text }),
    ...(locale !== undefined && { locale }),
    ...(name !== undefined && { name }),
    ...(value !== undefined && { value }),
    ...(members.length > 0 && { membersAdded: [{ id: 'visitor', name: '' }] }),
    ...(files.length > 0 && { attachments: files.map(({ contentType }) => ({ contentType })) }),
  };
}
