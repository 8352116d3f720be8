import { type Activity, ActivityTypes, type Attachment, InputHints } from 'botbuilder';
import type { Message } from '../rendering/index.ts';

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/** Figures, contacts and sources as a card, for clients that do not read our channel data (Web Chat, Teams). */
function card({ contacts, sources, charts, locale }: Message): Attachment[] {
  if (contacts.length === 0 && sources.length === 0 && charts.length === 0) return [];
  return [
    {
      contentType: ADAPTIVE_CARD,
      content: {
        type: 'AdaptiveCard',
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        version: '1.3',
        lang: locale,
        body: [
          ...charts.flatMap(({ title, unit, bars }) => [
            { type: 'TextBlock', wrap: true, weight: 'Bolder', text: `${title} (${unit})` },
            { type: 'FactSet', facts: bars.map(({ label, shown }) => ({ title: label, value: shown })) },
          ]),
          ...contacts.map(({ name, value, note }) => ({
            type: 'TextBlock',
            wrap: true,
            text: `**${name}: ${value}** ${note}`,
          })),
          ...sources.map(({ publisher, title, date }) => ({
            type: 'TextBlock',
            wrap: true,
            isSubtle: true,
            size: 'Small',
            text: `${publisher}: ${title} (${date})`,
          })),
        ],
        actions: contacts.map(({ name, value, link }) => ({
          type: 'Action.OpenUrl',
          title: `${name} ${value}`,
          url: link,
        })),
      },
    },
  ];
}

/** A message as a Bot Framework activity: text and buttons for every client, the rest for ours as channel data. */
export function toActivity(message: Message): Partial<Activity> {
  const { text, plain, locale, buttons, answer, choices, contacts, sources, charts, dialog } = message;
  return {
    type: ActivityTypes.Message,
    text,
    speak: plain,
    textFormat: 'markdown',
    locale,
    inputHint: InputHints.ExpectingInput,
    attachments: card(message),
    ...(buttons.length > 0 && {
      suggestedActions: {
        to: [],
        actions: buttons.map(({ title, value }) => ({ type: 'imBack', title, value })),
      },
    }),
    channelData: { answer, choices, contacts, sources, charts, ...(dialog && { dialog }) },
  };
}
