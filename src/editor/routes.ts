import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import {
  inLanguage,
  type Knowledge,
  type Locale,
  type Problem,
  STAFF_LANGUAGES,
} from '../knowledge/index.ts';
import type { Say } from '../rendering/index.ts';
import { escapeHtml, type Staff } from '../staff/index.ts';
import { createCmsConfig } from './cmsConfig.ts';
import { openEditing, type Refusal } from './editing.ts';
import { openFolder } from './folder.ts';
import { createPublish, type GitMode } from './git.ts';
import { answerCms } from './protocol.ts';

export interface EditorDeps {
  readonly brain: { readonly knowledge: Knowledge; readonly say: Say };
  /** The project's root, whose `knowledge/` is edited. */
  readonly root: string;
  readonly staff: Staff;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Whether what is saved is committed, and sent to the Git service. */
  readonly git: GitMode;
}

const compress = promisify(gzip);
const PAGE = join(import.meta.dirname, 'page');
const CMS = join(import.meta.dirname, '..', '..', 'node_modules', 'decap-cms', 'dist');
/** The CMS makes its styles and compiles its checks while it runs; nothing comes from elsewhere. */
const CSP = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self' blob:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const DATE_LENGTH = 'YYYY-MM-DD'.length;
const UNAUTHORISED = 401;
const NOT_MODIFIED = 304;
/** Problems shown in one message of the CMS; the page on the state of the knowledge shows all. */
const SHOWN = 3;

/** Adds the editor (`/admin`) to a server: the CMS, its forms, and the files behind them; for staff only. */
export function registerEditor(server: FastifyInstance, deps: EditorDeps): void {
  const { brain, staff } = deps;
  const editing = openEditing(openFolder(deps.root));
  const publish = createPublish(deps.root, deps.git);
  staff.addPage({ path: '/admin', label: 'staff:nav.editor', about: 'staff:about.editor' });

  function word(refusal: Refusal, locale: Locale): string {
    const key = `editor:refused.${refusal.reason}`;
    if (refusal.reason !== 'problems') return brain.say(locale, key, { ...refusal });
    const lines = refusal.problems.slice(0, SHOWN).map((problem) => {
      const { file, line, message, mend } = wordProblem(problem, locale);
      return `${file}:${line} ${message} ${mend}`;
    });
    return [brain.say(locale, key, { count: refusal.problems.length }), ...lines].join(' • ');
  }

  server.register(async (scope) => {
    // The CMS reads JSON only: it must not get the sign-in page for an answer.
    scope.addHook('onRequest', async (request, reply) => {
      if (request.method !== 'POST' || (await staff.find(request))) return;
      return reply
        .code(UNAUTHORISED)
        .send({ error: brain.say(staff.localeOf(request), 'editor:refused.signed-out') });
    });
    staff.guard(scope);

    scope.get('/admin', async (request, reply) => {
      const { locale } = staff.memberOf(request);
      const page = await readFile(join(PAGE, 'index.html'), 'utf8');
      return reply
        .header('content-security-policy', CSP)
        .header('referrer-policy', 'same-origin')
        .type('text/html; charset=utf-8')
        .send(
          page
            .replace('lang="en"', `lang="${escapeHtml(locale)}"`)
            .replace('{{title}}', escapeHtml(brain.say(locale, 'editor:title'))),
        );
    });
    scope.get('/admin/', (_request, reply) => reply.redirect('/admin', 301));
    scope.get('/admin/config.json', (request) => {
      const today = new Date(deps.now()).toISOString().slice(0, DATE_LENGTH);
      return createCmsConfig(brain.knowledge, brain.say, staff.memberOf(request).locale, today);
    });
    scope.post('/admin/entries', async (request, reply) => {
      const { locale, name } = staff.memberOf(request);
      const { status, body } = await answerCms(
        request.body,
        editing,
        name,
        (refusal) => word(refusal, locale),
        publish,
      );
      return reply.code(status).send(body ?? 'null');
    });
    registerAssets(scope);
  });
}

/** The check's words in the member's language; English where the check does not know it. */
function wordProblem(problem: Problem, locale: Locale): Problem {
  return inLanguage(problem, STAFF_LANGUAGES.find((language) => language === locale) ?? 'en');
}

/** The CMS is one large file: it is compressed once, and a browser that has it already is told so. */
function registerAssets(scope: FastifyInstance): void {
  const load = async (path: string) => {
    const text = await readFile(path);
    const hash = createHash('sha256').update(text).digest('base64url');
    return { zipped: await compress(text), etag: `"${hash}"` };
  };
  for (const [url, path, type] of [
    ['/admin/decap-cms.js', join(CMS, 'decap-cms.js'), 'text/javascript; charset=utf-8'],
    ['/admin/start.js', join(PAGE, 'start.js'), 'text/javascript; charset=utf-8'],
    ['/admin/editor.css', join(PAGE, 'editor.css'), 'text/css; charset=utf-8'],
  ] as const) {
    let file: ReturnType<typeof load> | undefined;
    scope.get(url, async (request, reply) => {
      file ??= load(path);
      const { zipped, etag } = await file;
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      if (request.headers['if-none-match'] === etag) return reply.code(NOT_MODIFIED).send();
      return reply.type(type).header('content-encoding', 'gzip').send(zipped);
    });
  }
}
