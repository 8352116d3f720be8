/** The part of Direct Line activities that the window reads and writes. */
export interface Activity {
  readonly id?: string;
  readonly type: string;
  readonly text?: string;
  readonly locale?: string;
  readonly timestamp?: string;
  readonly from: { readonly id: string; readonly role?: string };
  readonly suggestedActions?: {
    readonly actions: readonly { readonly title: string; readonly value: string }[];
  };
  readonly channelData?: ChannelData;
}

/** What the window sends: a message, or an event that the bot knows by name. */
export type Outgoing =
  | { readonly type: 'message'; readonly text: string; readonly locale: string }
  | { readonly type: 'event'; readonly name: string; readonly value: unknown; readonly locale: string };

export interface ChannelData {
  readonly clientActivityID?: string;
  readonly answer?: { readonly id: string } | null;
  readonly contacts?: readonly Contact[];
  readonly sources?: readonly Source[];
  readonly charts?: readonly Chart[];
}

export interface Contact {
  readonly id: string;
  readonly kind: 'phone' | 'site';
  readonly name: string;
  readonly value: string;
  readonly link: string;
  readonly note: string;
}

export interface Source {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly date: string;
  readonly url?: string;
}

export interface Chart {
  readonly kind: 'years' | 'shares';
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly { readonly label: string; readonly value: number; readonly shown: string }[];
}

/** A conversation that was begun, with what the bot said already, or one come back to. */
export interface Opened extends Partial<ActivitySet> {
  readonly conversationId: string;
  readonly token: string;
  /** Seconds for which the token is good. */
  readonly expires_in: number;
  readonly streamUrl: string;
}

export interface ActivitySet {
  readonly activities: readonly Activity[];
  readonly watermark?: string;
}
