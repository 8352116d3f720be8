import { createSecretKey, randomUUID } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { KEY_BYTES, newKey } from '../../storage/index.ts';
import { expiredToken, wrongToken } from './errors.ts';

/** What a token says: which conversation it opens, and the key with which that conversation is sealed. */
export interface Grant {
  readonly conversationId: string;
  readonly key: Uint8Array;
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
      const token = await new SignJWT({ conv: conversationId, key: Buffer.from(key).toString('base64url') })
        .setProtectedHeader({ alg: ALGORITHM })
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(`${lifetime}s`)
        .sign(signingKey);
      return { token, expiresIn: lifetime };
    },
    async verify(token) {
      try {
        const payload = await payloadOf(token);
        if (typeof payload.conv !== 'string' || typeof payload.key !== 'string') throw wrongToken();
        // A copy of its own: a slice of the shared pool would keep eight kilobytes alive for each open chat.
        const key = Uint8Array.from(Buffer.from(payload.key, 'base64url'));
        if (key.length !== KEY_BYTES) throw wrongToken();
        return { conversationId: payload.conv, key };
      } catch (error) {
        throw error instanceof errors.JWTExpired ? expiredToken() : wrongToken();
      }
    },
  };
}
