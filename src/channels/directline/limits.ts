import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { tooManyConnections, tooManyRequests } from './errors.ts';

/** How much one visitor, one address and all of them together may ask for. */
export interface Limits {
  /** Requests a minute of one conversation: more than any person makes, polling included. */
  readonly requestsPerVisitor: number;
  /** Requests a minute from one address: a school, or a whole mobile network, may share it. */
  readonly requestsPerAddress: number;
  /** New conversations an hour from one address. */
  readonly conversationsPerAddress: number;
  readonly socketsPerAddress: number;
  readonly sockets: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Names remembered by one rate. Beyond this the ones seen longest ago start anew: memory stays bounded under a flood. */
const MAX_NAMES = 100_000;
/** One home or office has a /64 of IPv6 addresses: the first four groups name it. */
const NETWORK_GROUPS = 4;

/** Takes one from what a name may still do. @throws {DirectLineError} 429 with the seconds to wait */
export type Rate = (name: string) => void;

/** At most `most` in each `window` (milliseconds) for one name. */
export function createRate(most: number, window: number, now: () => number): Rate {
  const used = new Map<string, { since: number; count: number }>();
  return (name) => {
    const time = now();
    const before = used.get(name);
    // A clock that was set back must not lock anybody out.
    const isCurrent = before !== undefined && time >= before.since && time - before.since < window;
    const entry = isCurrent ? before : { since: time, count: 0 };
    entry.count += 1;
    used.delete(name);
    used.set(name, entry);
    if (used.size > MAX_NAMES) used.delete(used.keys().next().value as string);
    if (entry.count > most) throw tooManyRequests(Math.ceil((entry.since + window - time) / SECOND));
  };
}

/** All addresses that one subscriber has: the address itself, or the network of an IPv6 address. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const [left, right] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const gap = tail === undefined ? 0 : 8 - (left?.length ?? 0) - (right?.length ?? 0);
  const groups = [...(left ?? []), ...Array<string>(gap).fill('0'), ...(right ?? [])];
  return groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/** Names an address without keeping it: a keyed hash whose key lives in memory, for a day at most. */
export function createAddressNames(now: () => number): (address: string) => string {
  const newSalt = () => createSecretKey(randomBytes(32));
  let salt = newSalt();
  let since = now();
  return (address) => {
    if (Math.abs(now() - since) >= DAY) {
      salt = newSalt();
      since = now();
    }
    return createHmac('sha256', salt).update(networkOf(address)).digest('base64url');
  };
}

/** Counts open connections. Each one taken must be given back. */
interface SocketCount {
  /** @throws {DirectLineError} 429 or 503 where there is no room */
  check(address: string): void;
  /** Returns how to give it back. */
  take(address: string): () => void;
}

function createSocketCount(perAddress: number, inAll: number): SocketCount {
  const open = new Map<string, number>();
  let all = 0;
  return {
    check(address) {
      if (all >= inAll) throw tooManyConnections(503);
      if ((open.get(address) ?? 0) >= perAddress) throw tooManyConnections(429);
    },
    take(address) {
      all += 1;
      open.set(address, (open.get(address) ?? 0) + 1);
      return () => {
        all -= 1;
        const left = (open.get(address) ?? 1) - 1;
        if (left === 0) open.delete(address);
        else open.set(address, left);
      };
    },
  };
}

/** The guard of the channel. Addresses are named by {@link createAddressNames} before they are counted. */
export interface Guard {
  readonly visitor: Rate;
  readonly address: Rate;
  readonly newConversation: Rate;
  readonly sockets: SocketCount;
}

export function createGuard(limits: Limits, now: () => number): Guard {
  const name = createAddressNames(now);
  const byAddress =
    (rate: Rate): Rate =>
    (address) =>
      rate(name(address));
  const sockets = createSocketCount(limits.socketsPerAddress, limits.sockets);
  return {
    visitor: createRate(limits.requestsPerVisitor, MINUTE, now),
    address: byAddress(createRate(limits.requestsPerAddress, MINUTE, now)),
    newConversation: byAddress(createRate(limits.conversationsPerAddress, HOUR, now)),
    sockets: {
      check: (address) => sockets.check(name(address)),
      take: (address) => sockets.take(name(address)),
    },
  };
}
