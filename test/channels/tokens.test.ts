import { expect, test } from 'vitest';
import { createTokens } from '../../src/channels/directline/tokens.ts';

const OPTIONS = { secret: 'a secret for tests only, long enough', previous: undefined };

test('a token opens its conversation with the same key each time, and one with another signature does not', async () => {
  const tokens = createTokens({ ...OPTIONS, lifetime: 60 });
  const { token } = await tokens.issue(tokens.invent());
  const [first, second] = [await tokens.verify(token), await tokens.verify(token)];
  expect(second.conversationId).toBe(first.conversationId);
  expect(second.key.equals(first.key)).toBe(true);
  const forged = token.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A'));
  await expect(tokens.verify(forged)).rejects.toMatchObject({ statusCode: 401 });
});

test('a token that was accepted is refused once it has expired', async () => {
  const tokens = createTokens({ ...OPTIONS, lifetime: 1 });
  const { token } = await tokens.issue(tokens.invent());
  await expect(tokens.verify(token)).resolves.toBeDefined();
  await expect
    .poll(() => tokens.verify(token).catch((error: unknown) => error), { timeout: 5000 })
    .toMatchObject({ statusCode: 403 });
});
