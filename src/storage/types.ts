/** An activity as it is kept: sealed, with its place in the conversation. */
export interface StoredActivity {
  /** Counted from 1 within the conversation; the watermark of whoever has read up to here. */
  readonly sequence: number;
  readonly sealed: Uint8Array;
}

/** One turn to be kept: all of it, or nothing. */
export interface TurnRecord {
  /** Sealed activities in the order in which they are delivered. */
  readonly activities: readonly Uint8Array[];
  /** Sealed state after the turn. */
  readonly state: Uint8Array;
  /** Fingerprint of the client's own id of the message, so that a message sent twice is kept once. */
  readonly fingerprint?: string;
}

/** What a turn starts from. */
export interface Snapshot {
  /** Counts the turns kept. A turn is kept only where none was kept since it was started. */
  readonly version: number;
  /** Sealed state. */
  readonly state: Uint8Array;
  /** The sequence under which the message asked about was kept before. */
  readonly known?: number;
}

/** Result of keeping a turn. */
export type Appended =
  | { readonly kind: 'appended'; readonly first: number; readonly last: number }
  /** The same message was kept before, as the activity with this sequence. */
  | { readonly kind: 'known'; readonly first: number }
  /** Another turn was kept since the snapshot: start again from a new one. */
  | { readonly kind: 'overtaken' };

/** Activities after a watermark, in order. */
export interface ActivityPage {
  readonly activities: readonly StoredActivity[];
  /** Sequence of the last activity of the conversation, 0 for none. */
  readonly last: number;
}

/** Something happened to a conversation, here or on another instance. */
export type StoreChange =
  /** `last`: sequence of the last activity kept then. */
  | { readonly kind: 'appended'; readonly conversationId: string; readonly last: number }
  | { readonly kind: 'erased'; readonly conversationId: string }
  /** Changes may have gone unheard for a while: look again at everything. */
  | { readonly kind: 'missed' };

/**
 * Where conversations are kept. Everything is sealed by the caller: a store sees no text and no key.
 * Every method may throw {@link StoreUnavailable}; what was to be written is then to be sent again.
 */
export interface ConversationStore {
  /** Keeps a new conversation with its first turn. False where it is there already. */
  create(conversationId: string, turn: TurnRecord): Promise<boolean>;
  /** False where the conversation never was, was erased, or was silent for too long. */
  exists(conversationId: string): Promise<boolean>;
  /** What the next turn starts from; undefined where the conversation is not there. */
  open(conversationId: string, fingerprint?: string): Promise<Snapshot | undefined>;
  /**
   * Keeps a turn that was started from the snapshot of this version. Once this resolves, the turn survives a crash.
   *
   * @throws {UnknownConversation}
   */
  append(conversationId: string, turn: TurnRecord, version: number): Promise<Appended>;
  /** At most `limit` activities after a watermark; undefined where the conversation is not there. */
  read(conversationId: string, after: number, limit: number): Promise<ActivityPage | undefined>;
  /** Destroys a conversation. Destroying an unknown one does nothing. */
  erase(conversationId: string): Promise<void>;
  /** Destroys what was silent for too long; returns how many. Zero for a store that does so by itself. */
  eraseSilent(): Promise<number>;
  /** Tells of changes from now on, whichever instance made them. Listeners return at once and do not throw. */
  subscribe(listener: (change: StoreChange) => void): void;
  /** Resolves where the store answers. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Silence after which a conversation is destroyed, in milliseconds. */
  readonly silence?: number;
  /** Milliseconds since 1970, by a clock that does not jump. */
  readonly now?: () => number;
}

/** Thrown when a turn is to be kept for a conversation that is not (or no longer) there. */
export class UnknownConversation extends Error {
  override readonly name = 'UnknownConversation';
}

/** Thrown when the store does not answer or cannot write just now: nothing was acknowledged, try again later. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Thrown when the data were written by a newer version of this program. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase';
}
