import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;
/** Lets a person (and a scanner for leaked secrets) see what the text is for. */
const PREFIX = 'staff_';

/** A token of 256 random bits. It is shown once; only its hash is kept. */
export function newToken(): string {
  return PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * SHA-256 of a token, hex. A slow hash would add nothing: 256 random bits can't be guessed.
 * Spaces around it are left out, because tokens are pasted.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token.trim()).digest('hex');
}

/** Compares two texts of the same kind in a time that does not tell where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
