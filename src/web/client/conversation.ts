import type { Activity, ChannelData } from './protocol.ts';

/** A message as the window shows it. */
export interface Shown {
  /** The client's own id for what the person sent, the server's id for replies. */
  readonly key: string;
  readonly mine: boolean;
  readonly text: string;
  readonly locale?: string;
  readonly time?: string;
  readonly delivery: 'sending' | 'sent' | 'failed';
  readonly buttons: readonly { readonly title: string; readonly value: string }[];
  readonly data: ChannelData;
}

/** Adds what came in, once each: a message of our own is known by the id we gave it. */
export function merge(shown: readonly Shown[], activities: readonly Activity[]): readonly Shown[] {
  const list = [...shown];
  for (const activity of activities.filter(({ type }) => type === 'message')) {
    const next = toShown(activity);
    const at = list.findIndex(({ key }) => key === next.key);
    if (at < 0) list.push(next);
    else list[at] = next;
  }
  return list;
}

function toShown(activity: Activity): Shown {
  const mine = activity.from.role === 'user';
  return {
    key: (mine ? activity.channelData?.clientActivityID : activity.id) ?? activity.id ?? '',
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
  return [...shown, { key, mine: true, text, delivery: 'sending', buttons: [], data: {} }];
}

export function mark(shown: readonly Shown[], key: string, delivery: Shown['delivery']): readonly Shown[] {
  return shown.map((one) => (one.key === key ? { ...one, delivery } : one));
}

/** True while the last word is the person's and an answer is on its way. */
export function isWaiting(shown: readonly Shown[]): boolean {
  const last = shown.at(-1);
  return last?.mine === true && last.delivery !== 'failed';
}
