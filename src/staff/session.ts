import { hkdfSync } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { Locale } from '../knowledge/index.ts';
import type { Member, Roster } from './roster.ts';

/** A staff member at work: who, in which language the pages are, and until when (seconds since 1970). */
export interface StaffMember {
  readonly name: string;
  readonly locale: Locale;
  readonly until: number;
}

/** Sessions live in a signed cookie of staff members only; visitors never get one. */
export interface Sessions {
  issue(member: StaffMember, hash: string): Promise<string>;
  /** The member of a session; undefined where it is over, not ours, or its member was removed or given a new token. */
  open(session: string): Promise<{ readonly member: StaffMember; readonly hash: string } | undefined>;
}

/** A working day. */
export const SESSION_SECONDS = 8 * 3600;
const ALGORITHM = 'HS256';
const AUDIENCE = 'staff';
const KEY_BYTES = 32;
/** So much of the hash binds a session to the token with which it began. */
const BINDING = 16;

/** @param secret the secret of the visitors' tokens; sessions are signed with a key derived from it */
export function createSessions(secret: string, roster: Roster, now: () => number): Sessions {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'staff-session', KEY_BYTES));
  const stillThere = ({ name, hash }: Member, subject: string, binding: string): boolean =>
    name === subject && hash.startsWith(binding);
  return {
    issue: ({ name, locale, until }, hash) =>
      new SignJWT({ locale, binding: hash.slice(0, BINDING) })
        .setProtectedHeader({ alg: ALGORITHM })
        .setAudience(AUDIENCE)
        .setSubject(name)
        .setExpirationTime(until)
        .sign(key),
    async open(session) {
      try {
        const { payload } = await jwtVerify(session, key, {
          algorithms: [ALGORITHM],
          audience: AUDIENCE,
          currentDate: new Date(now()),
        });
        const { sub: name = '', exp: until = 0, locale, binding } = payload;
        if (typeof locale !== 'string' || typeof binding !== 'string') return undefined;
        const kept = (await roster.members()).find((member) => stillThere(member, name, binding));
        return kept && { member: { name, locale, until }, hash: kept.hash };
      } catch (error) {
        if (error instanceof Error && error.name.startsWith('J')) return undefined;
        throw error;
      }
    },
  };
}
