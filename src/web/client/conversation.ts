import type { Delivery } from './outbox.ts';
import type { Activity, ChannelData } from './protocol.ts';

/** A message as the window shows it. */
export interface Shown {
  /** The client's own id for what the person sent, the server's id for replies. */
  readonly key: string;
  /** The server's id, by which messages are in order; empty until the server has shown it to us. */
  readonly place: string;
  readonly mine: boolean;
  readonly text: string;
  readonly locale?: string;
  /** When it was kept, ISO 8601. */
  readonly time?: string;
  readonly delivery: Delivery;
  readonly buttons: readonly { readonly title: string; readonly value: string }[];
  readonly data: ChannelData;
}

/**
 * Adds what came in, once each: a message of our own is known by the id we gave it. What the server has shown stands in
 * the server's order, what it has not comes after.
 */
export function merge(shown: readonly Shown[], activities: readonly Activity[]): readonly Shown[] {
  const byKey = new Map(shown.map((one) => [one.key, one]));
  for (const activity of activities.filter(({ type }) => type === 'message')) {
    const next = toShown(activity);
    byKey.set(next.key, next);
  }
  const all = [...byKey.values()];
  return [
    ...all.filter(({ place }) => place !== '').sort((a, b) => (a.place < b.place ? -1 : 1)),
    ...all.filter(({ place }) => place === ''),
  ];
}

function toShown(activity: Activity): Shown {
  const mine = activity.from.role === 'user';
  const place = activity.id ?? '';
  return {
    key: (mine ? activity.channelData?.clientActivityID : undefined) ?? place,
    place,
    mine,
    text: activity.text ?? '',
    ...(activity.locale !== undefined && { locale: activity.locale }),
    ...(activity.timestamp !== undefined && { time: activity.timestamp }),
    delivery: 'sent',
    buttons: activity.suggestedActions?.actions ?? [],
    data: activity.channelData ?? {},
  };
}

export function addOwn(shown: readonly Shown[], key: string, text: string): readonly Shown[] {
  if (shown.some((one) => one.key === key)) return shown;
  return [...shown, { key, place: '', mine: true, text, delivery: 'sending', buttons: [], data: {} }];
}

/** What the server has already shown to us was sent, whatever a lost answer made us believe. */
export function mark(shown: readonly Shown[], key: string, delivery: Delivery): readonly Shown[] {
  return shown.map((one) => (one.key === key && one.place === '' ? { ...one, delivery } : one));
}

/** What the person wrote and the server has not accepted. */
export function unsent(shown: readonly Shown[]): readonly Shown[] {
  return shown.filter(({ mine, delivery }) => mine && delivery !== 'sent');
}

/** True while the last word is the person's and an answer is on its way. */
export function isWaiting(shown: readonly Shown[]): boolean {
  const last = shown.at(-1);
  return last?.mine === true && last.delivery !== 'failed';
}

/** The language of a message: of a person's own words, the one in which the bot answered them. */
export function languageOf(shown: readonly Shown[], index: number): string | undefined {
  const message = shown[index];
  if (!message?.mine) return message?.locale;
  return shown.slice(index + 1).find(({ mine }) => !mine)?.locale ?? message.locale;
}
