import type { FastifyRequest } from 'fastify';

/**
 * True where a request that changes something comes from a page of this very site. The cookie is `SameSite=Strict`
 * already; this is the second lock. Browsers send `Sec-Fetch-Site` to https and localhost, and `Origin` everywhere.
 */
export function isFromOwnPage(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = request.headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === request.host;
}

/** A path of this site to go on to after signing in; the staff page for anything else (`//elsewhere.example`). */
export function safePath(wanted: unknown): string {
  const base = 'http://staff.invalid';
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || !URL.canParse(wanted, base)) return '/staff';
  const url = new URL(wanted, base);
  return url.origin === base ? url.pathname + url.search : '/staff';
}
