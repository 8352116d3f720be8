import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, VARIABLES } from '../src/config.ts';
import { ROOT } from './helpers.ts';

test('nothing needs to be set', () => {
  expect(readConfig({})).toMatchObject({ PORT: 3978, STORE: 'sqlite', SESSION_MINUTES: 30 });
});

test('an empty variable is one that is not set', () => {
  expect(readConfig({ PORT: '', TOKEN_SECRET: '' })).toEqual(readConfig({}));
});

test('every wrong variable is named with an example', () => {
  expect(() => readConfig({ PORT: 'eighty', STORE: 'mongo' })).toThrow(
    /PORT.*PORT=3978.*STORE.*STORE=sqlite/s,
  );
});

/** For each variable, values that cannot be right. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  PORT: ['eighty', '-1', '65536', '80.5'],
  STORE: ['mongo'],
  SESSION_MINUTES: ['0', '1441', 'half an hour'],
  ALLOWED_ORIGINS: [
    '*',
    'example.org',
    'https://example.org/path',
    'https://*.example.org',
    'javascript:alert(1)',
    "https://example.org; script-src 'unsafe-inline'",
  ],
  DIRECTLINE_SECRET: ['too-short'],
  TOKEN_SECRET: ['too-short-but-secret'],
  TOKEN_SECRET_PREVIOUS: ['too-short-but-secret'],
  EXIT_URL: ['google', 'javascript:alert(1)', 'file:///etc/passwd'],
  TRUST_PROXY: ['true', '1', 'everybody', '10.0.0.0/33', '10.0.0.0/8/8', 'fd00::/129'],
  RATE_LIMIT: ['0', 'none'],
  VISITOR_RATE_LIMIT: ['0', 'none'],
  CONVERSATIONS_PER_ADDRESS: ['0', 'none'],
  MAX_SOCKETS: ['0', 'none'],
  SOCKETS_PER_ADDRESS: ['0', 'none'],
  METRICS_TOKEN: ['too-short'],
  OTEL_EXPORTER_OTLP_ENDPOINT: ['collector:4318', 'file:///tmp/traces'],
  MICROSOFT_APP_ID: ['my-bot'],
  MICROSOFT_APP_TYPE: ['Multi'],
  MICROSOFT_APP_TENANT_ID: ['my-school'],
  LOG_LEVEL: ['loud'],
};

describe('a wrong value', () => {
  test.each(Object.entries(WRONG).flatMap(([name, values]) => values.map((value) => [name, value] as const)))(
    'of %s is refused: %s',
    (name, value) => {
      const read = () => readConfig({ [name]: value });
      expect(read).toThrow(ConfigError);
      expect(read).toThrow(new RegExp(`^${name} must be .+ For example: ${name}=.+`, 'm'));
    },
  );

  test('of a secret is never repeated', () => {
    for (const { name } of VARIABLES.filter(({ secret }) => secret)) {
      const [value] = WRONG[name] ?? [];
      if (value) expect(() => readConfig({ [name]: value })).not.toThrow(value);
    }
  });
});

test('the bot in Azure needs its secret, and its tenant where it has one', () => {
  const id = { MICROSOFT_APP_ID: '00000000-0000-0000-0000-000000000001' };
  expect(() => readConfig(id)).toThrow(/MICROSOFT_APP_PASSWORD.*MICROSOFT_APP_TENANT_ID/s);
  expect(
    readConfig({ ...id, MICROSOFT_APP_TYPE: 'MultiTenant', MICROSOFT_APP_PASSWORD: 'x' }).MICROSOFT_APP_ID,
  ).toBeDefined();
});

test.each([['192.0.2.1'], ['loopback, 10.0.0.0/8'], ['fd00::/8 ::1'], ['false']])(
  'proxies may be named as %s',
  (value) => {
    expect(() => readConfig({ TRUST_PROXY: value })).not.toThrow();
  },
);

describe('every variable', () => {
  test.each(VARIABLES.map((variable) => [variable.name, variable] as const))(
    '%s has a sentence and an example that is valid itself, or is a recipe',
    (_name, { name, expects, example }) => {
      expect(expects).not.toBe('valid');
      expect(example).not.toBe('');
      const alone = name.startsWith('MICROSOFT') || /[<$]/.test(example);
      if (!alone) expect(() => readConfig({ [name]: example })).not.toThrow();
    },
  );

  test('is in the table of the README with its default, and nothing else is', () => {
    const table =
      readFileSync(join(ROOT, 'README.md'), 'utf8').split('## Configure')[1]?.split('\n## ')[0] ?? '';
    const rows = [...table.matchAll(/^\| (`.+?`) \| (.+?) \| .+ \|$/gm)].map(
      ([, names = '', defaults = '']) =>
        [names, defaults].map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)),
    );
    const documented = Object.fromEntries(
      rows.flatMap(([names = [], defaults = []]) => names.map((name, i) => [name, defaults[i]])),
    );
    expect(documented).toEqual(Object.fromEntries(VARIABLES.map(({ name, preset }) => [name, preset])));
  });
});
