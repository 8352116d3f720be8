import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../knowledge/index.ts';
import { writeSessionCookie } from './cookie.ts';
import { html } from './html.ts';
import { isFromOwnPage, safePath } from './origin.ts';
import { findByToken } from './roster.ts';
import { SESSION_SECONDS, type StaffMember } from './session.ts';
import { readForms, refuse, Staff, type StaffDeps } from './staff.ts';

/** Attempts to sign in, a quarter of an hour and address. */
const ATTEMPTS = 10;
const ATTEMPTS_WINDOW = '15 minutes';
const SECOND = 1000;

type Form = Readonly<Record<string, string | undefined>>;
const formOf = (request: FastifyRequest): Form => (request.body ?? {}) as Form;

/** Adds sign-in, sign-out, language and the staff home to a server. Returns what other rooms build their pages with. */
export async function registerStaff(server: FastifyInstance, deps: StaffDeps): Promise<Staff> {
  const staff = new Staff(deps);
  const css = await readFile(join(import.meta.dirname, 'staff.css'), 'utf8');
  server.get('/staff/staff.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(css),
  );
  await server.register(async (scope) => registerSignIn(scope, staff));
  await server.register(async (scope) => {
    staff.guard(scope);
    registerHome(scope, staff);
  });
  return staff;
}

async function registerSignIn(scope: FastifyInstance, staff: Staff): Promise<void> {
  readForms(scope);
  await scope.register(rateLimit, { global: false });
  const tooMany = (request: FastifyRequest, reply: FastifyReply) =>
    staff.signInPage(request, reply, '/staff', 'tooMany', 429);
  const limit = scope.createRateLimit({ max: ATTEMPTS, timeWindow: ATTEMPTS_WINDOW });
  scope.post('/staff/sign-in', async (request, reply) => {
    if (!isFromOwnPage(request)) return refuse(reply);
    const attempts = await limit(request);
    if (!attempts.isAllowed && attempts.isExceeded) return tooMany(request, reply);
    const { token = '', next } = formOf(request);
    const member = findByToken(await staff.deps.roster.members(), token);
    if (!member) return staff.signInPage(request, reply, safePath(next), 'wrongToken');
    const until = Math.floor(staff.deps.now() / SECOND) + SESSION_SECONDS;
    const session = await staff.sessions.issue(
      { name: member.name, locale: staff.localeOf(request), until },
      member.hash,
    );
    writeSessionCookie(request, reply, session, SESSION_SECONDS);
    return reply.redirect(safePath(next), 303);
  });
}

function registerHome(scope: FastifyInstance, staff: Staff): void {
  const { deps } = staff;

  scope.get('/staff', (request, reply) => {
    const { locale, name } = staff.memberOf(request);
    const say = (key: string, values?: Record<string, string | number>) =>
      deps.brain.say(locale, `staff:home.${key}`, values);
    const cards = staff.pages.map(
      ({ path, label, about }) =>
        html`<li><a href="${path}">${deps.brain.say(locale, label)}</a><p>${deps.brain.say(locale, about)}</p></li>`,
    );
    return staff.send(request, reply, {
      title: say('title', { name }),
      at: '/staff',
      body: html`<ul class="cards">${cards}</ul>`,
    });
  });

  scope.post('/staff/sign-out', (request, reply) => {
    writeSessionCookie(request, reply, '', 0);
    return reply.redirect('/staff', 303);
  });

  scope.post('/staff/language', async (request, reply) => {
    const form = formOf(request);
    const locale: Locale = deps.brain.localeFor([form.locale ?? '']);
    const found = await staff.find(request);
    if (found) {
      const member: StaffMember = { ...found.member, locale };
      const left = member.until - Math.floor(deps.now() / SECOND);
      writeSessionCookie(request, reply, await staff.sessions.issue(member, found.hash), left);
    }
    return reply.redirect(safePath(form.next), 303);
  });
}
