import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { foreignConversation, foreignOrigin, missingToken, secretNeeded } from './errors.ts';
import type { Guard } from './limits.ts';
import type { Grant, Tokens } from './tokens.ts';

export interface Access {
  /** True for a page of this server or of the allow-list. */
  isAllowedOrigin(request: FastifyRequest): boolean;
  /** Who may begin a conversation. @throws {DirectLineError} 403 */
  checkNewcomer(request: FastifyRequest): void;
  /** The grant of the token shown. @throws {DirectLineError} 401, 403, or 429 for a visitor who asks too much */
  grantOf(request: FastifyRequest): Promise<Grant>;
  /** The same, for the conversation named in the path only. */
  grantFor(request: FastifyRequest, conversationId: string): Promise<Grant>;
  /** A token shown at the start of a conversation; undefined for none, or for the secret. */
  earlierGrant(request: FastifyRequest): Promise<Grant | undefined>;
  /** The grant of a token in the address of a stream. @throws {DirectLineError} */
  grantIn(token: string): Promise<Grant>;
}

function bearerOf(request: FastifyRequest): string | undefined {
  const [scheme, value] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && value ? value : undefined;
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * @param allowedOrigins besides the server's own
 * @param secret what clients without an allowed origin must show; undefined lets them in freely
 */
export function createAccess(
  tokens: Tokens,
  guard: Pick<Guard, 'visitor'>,
  allowedOrigins: readonly string[],
  secret: string | undefined,
): Access {
  const listed = new Set(allowedOrigins.map((origin) => new URL(origin).origin));

  function isAllowedOrigin(request: FastifyRequest): boolean {
    const { origin } = request.headers;
    return origin !== undefined && (origin === `${request.protocol}://${request.host}` || listed.has(origin));
  }

  async function grantOf(request: FastifyRequest): Promise<Grant> {
    const token = bearerOf(request);
    if (token === undefined) throw missingToken();
    return grantIn(token);
  }

  async function grantIn(token: string): Promise<Grant> {
    const grant = await tokens.verify(token);
    guard.visitor(grant.conversationId);
    return grant;
  }

  return {
    isAllowedOrigin,
    checkNewcomer(request) {
      if (isAllowedOrigin(request)) return;
      const shown = bearerOf(request);
      if (secret !== undefined && shown !== undefined && same(shown, secret)) return;
      if (request.headers.origin !== undefined) throw foreignOrigin();
      if (secret !== undefined) throw secretNeeded();
    },
    grantOf,
    async grantFor(request, conversationId) {
      const grant = await grantOf(request);
      if (grant.conversationId !== conversationId) throw foreignConversation();
      return grant;
    },
    async earlierGrant(request) {
      const token = bearerOf(request);
      if (token === undefined || (secret !== undefined && same(token, secret))) return undefined;
      return grantIn(token);
    },
    grantIn,
  };
}
