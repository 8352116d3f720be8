/** An error of the protocol: its status and the body `{ error: { code, message } }`. */
export class DirectLineError extends Error {
  override readonly name = 'DirectLineError';
  readonly statusCode: number;
  readonly code: string;
  /** Seconds after which it is worth trying again; the header Retry-After. */
  readonly retryAfter: number | undefined;

  constructor(statusCode: number, code: string, message: string, retryAfter?: number) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

export const badArgument = (message: string) => new DirectLineError(400, 'BadArgument', message);
export const missingToken = () =>
  new DirectLineError(401, 'Unauthorized', 'Send a Direct Line token: Authorization: Bearer <token>.');
export const wrongToken = () =>
  new DirectLineError(401, 'Unauthorized', 'This token was not made by this server, or was changed.');
export const expiredToken = () =>
  new DirectLineError(403, 'TokenExpired', 'This token has expired. Start a new conversation.');
export const foreignConversation = () =>
  new DirectLineError(403, 'Forbidden', 'This token belongs to another conversation.');
export const foreignOrigin = () =>
  new DirectLineError(
    403,
    'Forbidden',
    'This website may not use this chat. Ask its owner to add it to ALLOWED_ORIGINS.',
  );
export const secretNeeded = () =>
  new DirectLineError(
    403,
    'Forbidden',
    'This server asks clients outside its own pages for the Direct Line secret.',
  );
export const unknownConversation = () =>
  new DirectLineError(
    404,
    'ConversationNotFound',
    'This conversation does not exist any more. Start a new one.',
  );
/** Seconds after which a store that did not answer is worth asking again. */
const STORE_AGAIN = 2;
export const storeAway = () =>
  new DirectLineError(
    503,
    'ServiceUnavailable',
    'Chats cannot be kept just now. Nothing was lost; please try again in a moment.',
    STORE_AGAIN,
  );
export const unknownPath = () =>
  new DirectLineError(404, 'NotFound', 'Direct Line 3.0 has nothing at this address, or not by this method.');
export const tooManyRequests = (seconds: number) =>
  new DirectLineError(
    429,
    'TooManyRequests',
    `Too many requests. Please try again in ${seconds} second(s).`,
    seconds,
  );
/** Seconds after which a full server is worth asking again. */
const ROOM_AGAIN = 10;
export const tooManyConnections = (status: 429 | 503) =>
  new DirectLineError(
    status,
    status === 429 ? 'TooManyRequests' : 'ServiceUnavailable',
    'Too many connections are open. Reading by GET works meanwhile.',
    ROOM_AGAIN,
  );
