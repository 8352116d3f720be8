import { isIPv4 } from 'node:net';
import { VARIABLES } from '../config.ts';
import { type Check, reporter } from './types.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
/** Shorter names are too often something else's: HOME is not HOST misspelt. */
const SHORTEST_LOOKALIKE = 8;
/** A random text of the least length uses at least this many different characters. */
const DIFFERENT_CHARACTERS = 12;

/** Edits between two names: letters put in, left out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** A variable that is nearly one of ours sets nothing, silently. */
export const checkNames: Check = ({ environment }) => {
  const { ok, warning } = reporter('names');
  const ours = VARIABLES.map(({ name }) => name);
  const set = Object.keys(environment).filter((name) => (environment[name] ?? '') !== '');
  const wrong = set.flatMap((name) => {
    if (ours.includes(name) || name.length < SHORTEST_LOOKALIKE) return [];
    const meant = ours.find((known) => distance(name.toUpperCase(), known) <= 2);
    return meant ? [warning(`${name} is not a variable of this bot.`, `Do you mean ${meant}?`)] : [];
  });
  return wrong.length > 0
    ? wrong
    : [ok(`${set.filter((name) => ours.includes(name)).length} of ${ours.length} variables are set.`)];
};

export const checkOrigins: Check = ({ config }) => {
  const { ok, note, warning } = reporter('origins');
  if (config.ALLOWED_ORIGINS.length === 0)
    return [
      note('No other website may show the chat.', 'To embed it: ALLOWED_ORIGINS=https://www.example.org'),
    ];
  const open = config.ALLOWED_ORIGINS.filter(
    (origin) => origin.startsWith('http:') && !LOOPBACK.has(new URL(origin).hostname),
  );
  return open.length > 0
    ? open.map((origin) =>
        warning(
          `${origin} is not encrypted: others on the way can change that page.`,
          'Use its https:// address.',
        ),
      )
    : [ok(`${config.ALLOWED_ORIGINS.length} website(s) may show the chat.`)];
};

export const checkSecrets: Check = ({ config, environment }) => {
  const { ok, warning, error } = reporter('secrets');
  const given = VARIABLES.filter(({ name, secret }) => secret && /SECRET|TOKEN$/.test(name)).flatMap(
    ({ name }) => {
      const value = environment[name];
      return value === undefined || value === '' ? [] : [{ name, value }];
    },
  );
  const weak = given
    .filter(({ value }) => new Set(value).size < DIFFERENT_CHARACTERS)
    .map(({ name }) =>
      warning(
        `${name} can be guessed: it has few different characters.`,
        `${name}=$(openssl rand -base64 48)`,
      ),
    );
  const doubled = given
    .filter(({ value }, i) => given.findIndex((other) => other.value === value) < i)
    .map(({ name }) => warning(`${name} is the same as another secret.`, 'Give each its own random text.'));
  const apart =
    config.STORE === 'redis' && config.TOKEN_SECRET === undefined
      ? [
          error(
            'TOKEN_SECRET is not set, but several instances share one Redis: each would refuse the visitors of the others.',
            'Give all instances the same TOKEN_SECRET.',
          ),
        ]
      : [];
  const found = [...weak, ...doubled, ...apart];
  return found.length > 0
    ? found
    : [ok('Secrets are long, random and different, or made at the first start.')];
};

/** True for ranges that hold every address. */
function isEverybody(range: string): boolean {
  const [address = '', bits] = range.split('/');
  return bits === '0' && (isIPv4(address) || address.includes(':'));
}

export const checkProxy: Check = ({ config }) => {
  const { ok, note, warning, error } = reporter('proxy');
  const { TRUST_PROXY, HOST } = config;
  if (TRUST_PROXY.some(isEverybody))
    return [
      error(
        'TRUST_PROXY believes everybody: any visitor can pose as another address and escape the limits.',
        'Name the addresses of your proxies only.',
      ),
    ];
  if (TRUST_PROXY.length > 0) return [ok(`X-Forwarded-* is believed from ${TRUST_PROXY.join(', ')} only.`)];
  if (LOOPBACK.has(HOST))
    return [
      note(
        'The bot answers on this machine only, and knows of no proxy.',
        'Behind Caddy or nginx on this machine: TRUST_PROXY=loopback. Without it, all visitors share the limits of one address.',
      ),
    ];
  return [
    warning(
      `The bot answers on ${HOST} without a known proxy: what visitors write travels unencrypted, or all of them share the limits of one address.`,
      'Put a proxy with https in front and name its address in TRUST_PROXY.',
    ),
  ];
};
