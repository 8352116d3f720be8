/** An error of the protocol: its status and the body `{ error: { code, message } }`. */
export class DirectLineError extends Error {
  override readonly name = 'DirectLineError';
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
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
export const storeAway = () =>
  new DirectLineError(
    503,
    'ServiceUnavailable',
    'Chats cannot be kept just now. Nothing was lost; please try again in a moment.',
  );
