import { z } from 'zod';

/** Everything an administrator can set, each with a default that runs on one machine without any. */
const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3978).meta({ example: '3978' }),
  HOST: z.string().min(1).default('127.0.0.1').meta({ example: '0.0.0.0' }),
  DATA_DIR: z.string().min(1).default('.data').meta({ example: '/var/lib/chatbot' }),
  STORE: z.enum(['sqlite', 'memory']).default('sqlite').meta({ example: 'sqlite' }),
  SESSION_MINUTES: z.coerce.number().int().min(1).max(1440).default(30).meta({ example: '30' }),
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter((origin) => origin !== ''))
    .pipe(z.array(z.url()))
    .meta({ example: 'https://www.example.org,https://example.org' }),
  DIRECTLINE_SECRET: z
    .string()
    .min(16)
    .optional()
    .meta({ example: 'a random text of 16 characters or more' }),
  TOKEN_SECRET: z.string().min(32).optional().meta({ example: 'a random text of 32 characters or more' }),
  STAFF_TOKEN_HASHES: z
    .string()
    .regex(/^(?:[^\s,:]+:[0-9a-f]{64}(?:,\s*|$))*$/i, 'write name:hash, separated by commas')
    .default('')
    .meta({ example: 'An:<the hash that `npm run staff hash An` shows>' }),
  EXIT_URL: z.url().default('https://www.google.be').meta({ example: 'https://www.wikipedia.org' }),
  TRUST_PROXY: z.stringbool().default(false).meta({ example: 'true' }),
  RATE_LIMIT: z.coerce.number().int().min(1).default(120).meta({ example: '120' }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .meta({ example: 'info' }),
});

/** Typed configuration. Times in minutes, `RATE_LIMIT` in requests a minute and address. */
export type Config = z.output<typeof schema>;

/** Thrown when the environment holds a wrong value: the message names each variable, the fault and an example. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration from environment variables.
 *
 * @throws {ConfigError} naming every wrong variable; a value is never repeated, since it may be a secret
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const example = schema.shape[name as keyof typeof schema.shape]?.meta()?.example;
    return `${name}: ${issue.message}. For example: ${name}=${String(example)}`;
  });
  throw new ConfigError(`The configuration has ${lines.length} wrong value(s).\n${lines.join('\n')}`);
}
