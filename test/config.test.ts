import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

test('nothing needs to be set', () => {
  expect(readConfig({})).toMatchObject({ PORT: 3978, STORE: 'sqlite', SESSION_MINUTES: 30 });
});

test('every wrong variable is named with an example', () => {
  expect(() => readConfig({ PORT: 'eighty', STORE: 'mongo' })).toThrow(
    /PORT.*PORT=3978.*STORE.*STORE=sqlite/s,
  );
});

test('the value of a secret is never repeated', () => {
  const read = () => readConfig({ TOKEN_SECRET: 'too-short-but-secret' });
  expect(read).toThrow(ConfigError);
  expect(read).not.toThrow(/too-short-but-secret/);
});
