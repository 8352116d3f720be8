import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** AES-256-GCM with the customary nonce and tag, in bytes. */
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/** Thrown when sealed data were changed, or were sealed with another key. */
export class BrokenSeal extends Error {
  override readonly name = 'BrokenSeal';
}

/**
 * A new key for one conversation. It lives in the visitor's token and nowhere else. Keys are key objects: Node prepares
 * bytes anew for each cipher, which takes four times as long as the ciphering.
 */
export function newKey(): KeyObject {
  return createSecretKey(randomBytes(KEY_BYTES));
}

/** Seals JSON data: nonce, tag, then the encrypted bytes. The conversation's id is bound to it. */
export function seal(data: unknown, key: KeyObject, conversationId: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(conversationId));
  const body = Buffer.concat([cipher.update(JSON.stringify(data), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** @throws {BrokenSeal} */
export function unseal(sealed: Uint8Array, key: KeyObject, conversationId: string): unknown {
  const bytes = Buffer.from(sealed);
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(conversationId))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const body = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    return JSON.parse(Buffer.concat([body, decipher.final()]).toString('utf8'));
  } catch (cause) {
    throw new BrokenSeal('These data were changed, or belong to another key.', { cause });
  }
}

/** Recognises a client's message id again without keeping the id itself. */
export function fingerprint(text: string, key: KeyObject): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}
