import { Broken, type Prey } from './types.ts';

/** A conversation of which requests may name the id and show the token. */
export interface Chat {
  readonly conversationId: string;
  readonly token: string;
}

const ANEW_AFTER = 2000;

/** A chat that is there, most of the time: now and then a case erases it, and a new one is begun. */
export function createChats({ server }: Prey): () => Promise<Chat> {
  let chat: Chat | undefined;
  let uses = 0;
  return async () => {
    if (!chat || uses++ > ANEW_AFTER) {
      const response = await server.inject({ method: 'POST', url: '/v3/directline/conversations' });
      if (response.statusCode !== 201)
        throw new Broken(`A chat cannot be begun any more: ${response.statusCode}.`);
      chat = response.json<Chat>();
      uses = 0;
    }
    return chat;
  };
}
