import type { Activity } from 'botbuilder';
import type { Message } from '../../rendering/index.ts';

/** Names of the channels that people know; others are told by the service that connects them. */
const NAMES: Readonly<Record<string, string>> = {
  msteams: 'Microsoft Teams',
  facebook: 'Messenger',
  telegram: 'Telegram',
  slack: 'Slack',
};
const SERVICE = 'Microsoft Azure';

export function channelName(channelId: string): string {
  return NAMES[channelId] ?? SERVICE;
}

/** Channels that show Adaptive Cards; elsewhere a card becomes a picture that cannot be tapped or read aloud. */
const SHOW_CARDS = new Set(['msteams', 'webchat', 'emulator']);
/** Messenger cuts the title of a quick reply after this many characters. */
const SHORT_TITLE = 20;

type Extras = Partial<Pick<Message, 'contacts' | 'sources'>>;

function contactLines({ contacts = [], sources = [] }: Extras): string {
  return [
    ...contacts.map(({ name, value, note }) => `${name}: ${value}${note ? ` (${note})` : ''}`),
    ...sources.map(({ publisher, title, date }) => `${publisher}: ${title} (${date})`),
  ].join('\n');
}

function shorten(title: string): string {
  return title.length <= SHORT_TITLE ? title : `${title.slice(0, SHORT_TITLE - 1).trimEnd()}…`;
}

/** For whom buttons are: Teams shows them to nobody else. */
function addressed(reply: Partial<Activity>, person: string): Partial<Activity> {
  const { suggestedActions } = reply;
  return suggestedActions ? { ...reply, suggestedActions: { ...suggestedActions, to: [person] } } : reply;
}

/** A reply as this channel shows it. Our channel data stay at home: other channels read their own meaning into them. */
export function forChannel(channelId: string, person: string, reply: Partial<Activity>): Partial<Activity> {
  const { channelData, ...rest } = addressed(reply, person);
  if (SHOW_CARDS.has(channelId)) return rest;
  const { attachments: _cards, suggestedActions, ...words } = rest;
  const lines = contactLines((channelData ?? {}) as Extras);
  return {
    ...words,
    text: [words.text ?? '', lines].filter((part) => part !== '').join('\n\n'),
    ...(suggestedActions && {
      suggestedActions: {
        ...suggestedActions,
        actions: suggestedActions.actions.map((action) => ({ ...action, title: shorten(action.title) })),
      },
    }),
  };
}
