import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTokens } from '../../src/channels/directline/tokens.ts';
import { tokenSecret } from '../../src/server/index.ts';

const folder = () => join(mkdtempSync(join(tmpdir(), 'secret-')), 'data');

describe('the secret that signs tokens', () => {
  test('is made at the first start, long and readable by its owner only, in a folder of its owner only', async () => {
    const data = folder();
    const secret = await tokenSecret(undefined, data);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(48);
    expect(statSync(join(data, 'token-secret')).mode & 0o777).toBe(0o600);
    expect(statSync(data).mode & 0o777).toBe(0o700);
  });

  test('stays the same at the next start, also when two processes start at once', async () => {
    const data = folder();
    const [one, two] = await Promise.all([tokenSecret(undefined, data), tokenSecret(undefined, data)]);
    expect(two).toBe(one);
    expect(await tokenSecret(undefined, data)).toBe(one);
  });

  test('from the environment is never written to the disk', async () => {
    const data = folder();
    expect(await tokenSecret('from the environment, long enough', data)).toContain('environment');
    expect(() => readFileSync(join(data, 'token-secret'))).toThrow('ENOENT');
  });
});

describe('replacing the secret', () => {
  const [OLD, NEW] = ['the secret of last year, long enough', 'the secret of this year, long enough'];
  const lifetime = 60;
  const before = createTokens({ secret: OLD, previous: undefined, lifetime });

  test('leaves running chats running while the former one is still named', async () => {
    const { token } = await before.issue(before.invent());
    const during = createTokens({ secret: NEW, previous: OLD, lifetime });
    const grant = await during.verify(token);
    const renewed = await during.issue(grant);
    const after = createTokens({ secret: NEW, previous: undefined, lifetime });
    expect((await after.verify(renewed.token)).conversationId).toBe(grant.conversationId);
  });

  test('ends what was signed with it once it is not named any more', async () => {
    const { token } = await before.issue(before.invent());
    const after = createTokens({ secret: NEW, previous: undefined, lifetime });
    await expect(after.verify(token)).rejects.toThrow('not made by this server');
  });

  test('does not make an expired token of the former one valid', async () => {
    const { token } = await createTokens({ secret: OLD, previous: undefined, lifetime: -1 }).issue(
      before.invent(),
    );
    const during = createTokens({ secret: NEW, previous: OLD, lifetime });
    await expect(during.verify(token)).rejects.toThrow('expired');
  });
});
