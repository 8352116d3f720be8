import fc from 'fast-check';
import { seededRandom } from '../random.ts';
import { mutate } from './bytes.ts';
import { createChats } from './chat.ts';
import { Broken, type Prey, type Target } from './types.ts';

const part = fc.oneof(
  fc.json().map((json) => Buffer.from(json).toString('base64url')),
  fc.base64String({ maxLength: 80 }),
);
const token = fc.oneof(
  fc.integer(),
  fc.tuple(part, part, part).map((parts) => parts.join('.')),
  fc.string({ maxLength: 60 }),
);

/** Tokens that are almost right: none of them may open a chat. */
export function tokenTarget(prey: Prey): Target {
  const chat = createChats(prey);
  return {
    name: 'tokens',
    weight: 1,
    share: 0.1,
    property: fc.asyncProperty(token as fc.Arbitrary<unknown>, async (given) => {
      const { conversationId, token: real } = await chat();
      const shown =
        typeof given === 'number'
          ? mutate(Buffer.from(real), seededRandom(given)).toString('latin1')
          : String(given);
      const url = `/v3/directline/conversations/${conversationId}/activities`;
      const response = await prey.server.inject({ url, headers: { authorization: `Bearer ${shown}` } });
      const isReal = shown.split(' ')[0] === real;
      if (response.statusCode >= 500) throw new Broken(`${response.statusCode} for the token ${shown}`);
      if (response.statusCode === 200 && !isReal && !isSameSignature(shown, real))
        throw new Broken(`The token ${shown} opens the chat of ${real}`);
    }) as Target['property'],
  };
}

/** The last character of a signature holds bits that no byte of it uses: it can differ without a difference. */
function isSameSignature(shown: string, real: string): boolean {
  const bytes = (text: string) => text.split('.').map((one) => Buffer.from(one, 'base64url').toString('hex'));
  const [left, right] = [bytes(shown.split(' ')[0] ?? ''), bytes(real)];
  return left.length === 3 && left.every((one, i) => one === right[i]);
}
