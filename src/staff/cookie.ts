import type { FastifyReply, FastifyRequest } from 'fastify';

/** Behind https the prefix makes browsers refuse a cookie of this name from anywhere but this very host. */
function nameFor(request: FastifyRequest): string {
  return request.protocol === 'https' ? '__Host-staff' : 'staff';
}

export function readSessionCookie(request: FastifyRequest): string | undefined {
  const name = `${nameFor(request)}=`;
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(name))?.slice(name.length);
}

/**
 * Sets the cookie, or ends it with a lifetime of 0. The path is `/` because the staff pages lie in several places
 * (`/staff`, `/insights`, `/admin`); it is set at the sign-in only.
 */
export function writeSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  session: string,
  seconds: number,
): void {
  const secure = request.protocol === 'https' ? '; Secure' : '';
  reply.header(
    'set-cookie',
    `${nameFor(request)}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`,
  );
}
