import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { KEY_BYTES, newKey } from '../../storage/index.ts';
import { expiredToken, wrongToken } from './errors.ts';

/** What a token says: which conversation it opens, and the key with which that conversation is sealed. */
export interface Grant {
  readonly conversationId: string;
  readonly key: KeyObject;
}

export interface Tokens {
  /** A grant for a conversation that does not exist yet. */
  invent(): Grant;
  issue(grant: Grant): Promise<{ readonly token: string; readonly expiresIn: number }>;
  /** @throws {DirectLineError} 401 for a token that is not ours, 403 for one that has expired */
  verify(token: string): Promise<Grant>;
}

const ALGORITHM = 'HS256';
const AUDIENCE = 'directline';
/** Tokens remembered once verified: people show the same one with every message, and checking it is a tenth of a turn. */
const REMEMBERED = 10_000;

export interface TokenOptions {
  /** At least 32 characters. */
  readonly secret: string;
  /** The secret before this one, so that running chats go on while it is replaced. */
  readonly previous: string | undefined;
  /** In seconds. */
  readonly lifetime: number;
}

/** Signed tokens, one conversation each. */
export function createTokens({ secret, previous, lifetime }: TokenOptions): Tokens {
  // As key objects: `jose` prepares these once, and bytes anew for each token.
  const signingKey = createSecretKey(secret, 'utf8');
  const earlierKey = previous === undefined ? undefined : createSecretKey(previous, 'utf8');
  const verified = new LRUCache<string, Grant>({ max: REMEMBERED });
  const expected = { algorithms: [ALGORITHM], audience: AUDIENCE };

  /** By the present secret, or else by the one before. */
  async function payloadOf(token: string): Promise<JWTPayload> {
    try {
      return (await jwtVerify(token, signingKey, expected)).payload;
    } catch (error) {
      if (earlierKey === undefined || !(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      return (await jwtVerify(token, earlierKey, expected)).payload;
    }
  }

  return {
    invent: () => ({ conversationId: randomUUID(), key: newKey() }),
    async issue({ conversationId, key }) {
      const token = await new SignJWT({ conv: conversationId, key: key.export().toString('base64url') })
        .setProtectedHeader({ alg: ALGORITHM })
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(`${lifetime}s`)
        .sign(signingKey);
      return { token, expiresIn: lifetime };
    },
    async verify(token) {
      const before = verified.get(token);
      if (before) return before;
      try {
        const { conv, key, exp = 0 } = await payloadOf(token);
        if (typeof conv !== 'string' || typeof key !== 'string') throw wrongToken();
        const bytes = Buffer.from(key, 'base64url');
        if (bytes.length !== KEY_BYTES) throw wrongToken();
        const grant = { conversationId: conv, key: createSecretKey(bytes) };
        const left = exp * 1000 - Date.now();
        if (left > 0) verified.set(token, grant, { ttl: left });
        return grant;
      } catch (error) {
        throw error instanceof errors.JWTExpired ? expiredToken() : wrongToken();
      }
    },
  };
}
