import { isIP } from 'node:net';
import { z } from 'zod';

const MAX_PORT = 65_535;
const PREFIX_BITS = { 4: 32, 6: 128 } as const;
/** Names that proxy-addr knows for ranges of private addresses. */
const ADDRESS_RANGES = new Set(['loopback', 'linklocal', 'uniquelocal']);

const count = (least: number, preset: number) => z.coerce.number().int().min(least).default(preset);
const secretText = (characters: number) => z.string().min(characters).optional();
const webAddress = z.url({ protocol: /^https?$/ });

function listOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((part) => part !== '');
}

/** `10.0.0.7`, `10.0.0.0/8`, `fd00::/8` or the name of a range. */
function isAddressRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  if (ADDRESS_RANGES.has(text)) return true;
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= PREFIX_BITS[family as 4 | 6]);
}

/** `https://www.example.org` and nothing after it: what a browser sends as the origin of a page. */
function isOrigin(text: string): boolean {
  return (
    !text.includes('*') &&
    webAddress.safeParse(text).success &&
    new URL(text).origin === text.replace(/\/$/, '').toLowerCase()
  );
}

/** One address of a Redis server, or those of a cluster with commas between. */
function isRedisList(text: string): boolean {
  return (
    listOf(text).length > 0 && listOf(text).every((url) => /^rediss?:\/\//.test(url) && URL.canParse(url))
  );
}

/**
 * Everything an administrator can set, each with a default that runs on one machine without any. `expects` finishes the
 * sentence "<variable> must be …"; `secret` marks values that no tool may show.
 */
const schema = z.object({
  PORT: count(0, 3978)
    .pipe(z.number().max(MAX_PORT))
    .meta({ expects: `a whole number from 0 to ${MAX_PORT}`, example: '3978' }),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .meta({ expects: 'an address of this machine', example: '0.0.0.0' }),
  DATA_DIR: z.string().min(1).default('.data').meta({ expects: 'a folder', example: '/var/lib/chatbot' }),
  STORE: z
    .enum(['sqlite', 'redis', 'memory'])
    .default('sqlite')
    .meta({ expects: 'sqlite, redis or memory', example: 'sqlite' }),
  REDIS_URL: z.string().refine(isRedisList).default('redis://127.0.0.1:6379').meta({
    expects: 'the address of a Redis server, or the addresses of a cluster with commas',
    example: 'redis://user:password@redis.internal:6379',
    secret: true,
  }),
  SESSION_MINUTES: count(1, 30)
    .pipe(z.number().max(1440))
    .meta({ expects: 'a whole number of minutes from 1 to 1440', example: '30' }),
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform(listOf)
    .pipe(
      z.array(
        z
          .string()
          .refine(isOrigin)
          .transform((origin) => new URL(origin).origin),
      ),
    )
    .meta({
      expects: 'addresses of websites without a path, with commas',
      example: 'https://www.example.org,https://example.org',
    }),
  DIRECTLINE_SECRET: secretText(16).meta({
    expects: 'a text of 16 characters or more',
    example: '$(openssl rand -base64 24)',
    secret: true,
  }),
  TOKEN_SECRET: secretText(32).meta({
    expects: 'a text of 32 characters or more',
    example: '$(openssl rand -base64 48)',
    secret: true,
  }),
  TOKEN_SECRET_PREVIOUS: secretText(32).meta({
    expects: 'the former TOKEN_SECRET, of 32 characters or more',
    example: 'the value that TOKEN_SECRET had until today',
    secret: true,
  }),
  STAFF_TOKEN_HASHES: z
    .string()
    .regex(/^(?:[^\s,:]+:[0-9a-f]{64}(?:,\s*|$))*$/i)
    .default('')
    .meta({
      expects: 'name:hash, with commas',
      example: `An:${'0'.repeat(64)}`,
      secret: true,
    }),
  PUBLIC_URL: webAddress.optional().meta({
    expects: 'the address at which visitors find the chatbot',
    example: 'https://chat.example.org',
  }),
  EXIT_URL: webAddress
    .default('https://www.google.be')
    .meta({ expects: 'an address that begins with https://', example: 'https://www.wikipedia.org' }),
  TRUST_PROXY: z
    .string()
    .default('')
    .transform((text) => (text === 'false' ? [] : listOf(text)))
    .pipe(z.array(z.string().refine(isAddressRange)))
    .meta({
      expects:
        'the addresses of your proxies, with commas (an address, a range such as 10.0.0.0/8, or loopback); "true" or a number would believe whatever a visitor claims',
      example: 'loopback',
    }),
  RATE_LIMIT: count(1, 3000).meta({ expects: 'a whole number of requests a minute', example: '3000' }),
  VISITOR_RATE_LIMIT: count(1, 120).meta({ expects: 'a whole number of requests a minute', example: '120' }),
  CONVERSATIONS_PER_ADDRESS: count(1, 600).meta({
    expects: 'a whole number of new chats an hour',
    example: '600',
  }),
  MAX_SOCKETS: count(1, 10_000).meta({ expects: 'a whole number of open connections', example: '10000' }),
  SOCKETS_PER_ADDRESS: count(1, 1000).meta({
    expects: 'a whole number of open connections',
    example: '1000',
  }),
  METRICS_TOKEN: secretText(16).meta({
    expects: 'a text of 16 characters or more',
    example: '$(openssl rand -base64 24)',
    secret: true,
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress.optional().meta({
    expects: 'the address of an OpenTelemetry collector (OTLP over HTTP)',
    example: 'http://127.0.0.1:4318',
  }),
  MICROSOFT_APP_ID: z.guid().optional().meta({
    expects: 'the application (client) id of the bot in Azure',
    example: '00000000-0000-0000-0000-000000000000',
  }),
  MICROSOFT_APP_PASSWORD: secretText(1).meta({
    expects: 'the client secret of the bot in Azure, given whenever MICROSOFT_APP_ID is',
    example: 'the value shown once in Azure under "Certificates & secrets"',
    secret: true,
  }),
  MICROSOFT_APP_TYPE: z
    .enum(['MultiTenant', 'SingleTenant'])
    .default('SingleTenant')
    .meta({ expects: 'SingleTenant or MultiTenant', example: 'SingleTenant' }),
  MICROSOFT_APP_TENANT_ID: z.guid().optional().meta({
    expects: 'the id of your Azure tenant, given for a bot of the type SingleTenant',
    example: '00000000-0000-0000-0000-000000000000',
  }),
  EDITOR_GIT: z
    .enum(['off', 'commit', 'push'])
    .default('off')
    .meta({ expects: 'off, commit or push', example: 'push' }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .meta({ expects: 'fatal, error, warn, info, debug or silent', example: 'info' }),
});

/** What must hold between variables. */
const checked = schema.superRefine((config, context) => {
  const missing = (name: keyof typeof config) =>
    context.addIssue({ code: 'custom', path: [name], message: 'is missing' });
  if (config.MICROSOFT_APP_ID === undefined) return;
  if (config.MICROSOFT_APP_PASSWORD === undefined) missing('MICROSOFT_APP_PASSWORD');
  if (config.MICROSOFT_APP_TYPE === 'SingleTenant' && config.MICROSOFT_APP_TENANT_ID === undefined)
    missing('MICROSOFT_APP_TENANT_ID');
});

/** Typed configuration. Times in minutes, rates in requests a minute, `TRUST_PROXY` as a list of address ranges. */
export type Config = z.output<typeof checked>;

/** One variable as documents and tools show it. */
export interface Variable {
  readonly name: string;
  /** Finishes the sentence "<name> must be …". */
  readonly expects: string;
  readonly example: string;
  /** Its value may never be shown. */
  readonly secret: boolean;
  /** As it would be written; undefined where nothing is the default. */
  readonly preset: string | undefined;
}

function describe(name: string, field: z.ZodType): Variable {
  const { expects, example, secret } = field.meta() ?? {};
  const preset = field.safeParse(undefined).data;
  return {
    name,
    expects: String(expects ?? 'valid'),
    example: String(example ?? ''),
    secret: secret === true,
    preset: String(preset ?? '') || undefined,
  };
}

/** Every variable, in the order of the schema. */
export const VARIABLES: readonly Variable[] = Object.entries(schema.shape).map(([name, field]) =>
  describe(name, field),
);

/** Thrown when the environment holds a wrong value: the message names each variable, the fault and an example. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** One line a variable. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration has ${problems.length} wrong value(s).\n${problems.join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Reads the configuration from environment variables.
 *
 * @throws {ConfigError} naming every wrong variable; a value is never repeated, since it may be a secret
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = checked.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
  throw new ConfigError(
    VARIABLES.filter(({ name }) => wrong.has(name)).map(
      ({ name, expects, example }) => `${name} must be ${expects}. For example: ${name}=${example}`,
    ),
  );
}
