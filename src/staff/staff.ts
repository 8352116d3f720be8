import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Knowledge, Locale } from '../knowledge/index.ts';
import type { Say } from '../rendering/index.ts';
import { readSessionCookie } from './cookie.ts';
import { layout, type NavEntry, type PageContent, type PageFrame } from './layout.ts';
import { isFromOwnPage, safePath } from './origin.ts';
import type { Roster } from './roster.ts';
import { createSessions, type Sessions, type StaffMember } from './session.ts';
import { type SignInProblem, signInBody } from './signIn.ts';

/** What the pages need of the bot; a live brain fits. */
export interface StaffBrain {
  readonly knowledge: Pick<Knowledge, 'locales' | 'answers' | 'hash'>;
  readonly say: Say;
  localeFor(tags: readonly string[]): Locale;
}

export interface StaffDeps {
  readonly brain: StaffBrain;
  readonly roster: Roster;
  /** The secret of the visitors' tokens. */
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Content of a staff page; language and navigation are added. */
export type StaffPage = Omit<PageContent, 'locale'> & {
  /** Replaces the strict policy where a page needs more (the editor). */
  readonly csp?: string;
};

const MEMBER = Symbol('staff member');
type WithMember = FastifyRequest & { [MEMBER]?: StaffMember };

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];
const UNAUTHORISED = 401;

/** Sign-in and page frame for the rooms that have staff pages. */
export class Staff {
  readonly deps: StaffDeps;
  readonly sessions: Sessions;
  readonly #nav: NavEntry[] = [];

  constructor(deps: StaffDeps) {
    this.deps = deps;
    this.sessions = createSessions(deps.secret, deps.roster, deps.now);
  }

  get pages(): readonly NavEntry[] {
    return this.#nav;
  }

  /** Adds a page to the navigation and to the staff home. */
  addPage(entry: NavEntry): void {
    this.#nav.push(entry);
  }

  /**
   * Makes every route of a scope one for staff only: who is not signed in gets the sign-in page (401), a change that
   * does not come from a page of this site is refused (403), forms are read, nothing is cached.
   */
  guard(scope: FastifyInstance): void {
    readForms(scope);
    scope.addHook('onRequest', async (request: WithMember, reply) => {
      reply.header('cache-control', 'no-store');
      const found = await this.find(request);
      if (!found) {
        const next = SAFE_METHODS.includes(request.method) ? safePath(request.url) : '/staff';
        return this.signInPage(request, reply, next, undefined);
      }
      request[MEMBER] = found.member;
      if (!SAFE_METHODS.includes(request.method) && !isFromOwnPage(request)) return refuse(reply);
    });
  }

  /** The member signed in; only within a guarded scope. */
  memberOf(request: FastifyRequest): StaffMember {
    const member = (request as WithMember)[MEMBER];
    if (!member) throw new Error(`${request.url} is not in a scope guarded by staff.guard(scope).`);
    return member;
  }

  /** The session of a request, also outside guarded scopes. */
  async find(request: FastifyRequest) {
    const session = readSessionCookie(request);
    return session === undefined ? undefined : this.sessions.open(session);
  }

  /** Sends a page in the language that the member chose. */
  send(request: FastifyRequest, reply: FastifyReply, page: StaffPage): FastifyReply {
    const { name, locale } = this.memberOf(request);
    const here = safePath(request.url);
    return this.#sendLayout(reply, { ...page, locale }, page.csp ?? CSP, { name, here });
  }

  async signInPage(
    request: FastifyRequest,
    reply: FastifyReply,
    next: string,
    problem: SignInProblem | undefined,
    status = UNAUTHORISED,
  ): Promise<FastifyReply> {
    const { say } = this.deps.brain;
    const locale = this.localeOf(request);
    const nobody = (await this.deps.roster.members()).length === 0;
    return this.#sendLayout(reply.code(status), {
      title: say(locale, 'staff:signIn.title'),
      locale,
      at: '/staff',
      body: signInBody(say, locale, next, nobody ? 'nobody' : problem),
    });
  }

  /** Language of somebody who is not signed in: `?lang=`, else what the browser asks for. */
  localeOf(request: FastifyRequest): Locale {
    const { lang } = request.query as { lang?: string | string[] };
    const header = (request.headers['accept-language'] ?? '')
      .split(',')
      .map((tag) => tag.split(';')[0] ?? '');
    return this.deps.brain.localeFor([...[lang ?? []].flat(), ...header.map((tag) => tag.trim())]);
  }

  #sendLayout(
    reply: FastifyReply,
    content: PageContent,
    csp = CSP,
    who: Pick<PageFrame, 'name' | 'here'> = {},
  ): FastifyReply {
    const { say, knowledge } = this.deps.brain;
    const frame = { say, locales: knowledge.locales, nav: this.#nav, ...who };
    return (
      reply
        .header('content-security-policy', csp)
        .header('cache-control', 'no-store')
        .header('cross-origin-resource-policy', 'same-origin')
        // With `no-referrer` browsers send `Origin: null` with forms, and the check of the origin could not tell.
        .header('referrer-policy', 'same-origin')
        .type('text/html; charset=utf-8')
        .send(layout(frame, content))
    );
  }
}

export function refuse(reply: FastifyReply): FastifyReply {
  return reply.code(403).type('text/plain').send('Refused: this did not come from a page of this site.');
}

/** Forms as plain objects; of a field given twice the last value counts. */
export function readForms(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
}
