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

/** Result of keeping a turn. */
export type Appended =
  | { readonly kind: 'appended'; readonly first: number; readonly last: number }
  /** The same message was kept before, as the activity with this sequence. */
  | { readonly kind: 'known'; readonly first: number };

/**
 * Where conversations are kept. Times are milliseconds since 1970, given by the caller.
 * Everything is sealed by the caller: a store sees no text and no key.
 */
export interface ConversationStore {
  create(conversationId: string, now: number): Promise<void>;
  /** False where the conversation never was, was erased, or was silent for too long. */
  exists(conversationId: string): Promise<boolean>;
  /** @throws {UnknownConversation} */
  append(conversationId: string, turn: TurnRecord, now: number): Promise<Appended>;
  /** The sequence under which a message with this fingerprint was kept. */
  find(conversationId: string, fingerprint: string): Promise<number | undefined>;
  /** Activities after a watermark, in order; empty where there are none. */
  read(conversationId: string, after: number): Promise<readonly StoredActivity[]>;
  /** Sealed state; undefined before the first turn. */
  state(conversationId: string): Promise<Uint8Array | undefined>;
  /** Destroys a conversation. Destroying an unknown one does nothing. */
  erase(conversationId: string): Promise<void>;
  /** Destroys every conversation that was silent since `before`; returns how many. */
  eraseSilent(before: number): Promise<number>;
  close(): Promise<void>;
}

/** Thrown when a turn is to be kept for a conversation that is not (or no longer) there. */
export class UnknownConversation extends Error {
  override readonly name = 'UnknownConversation';
}
