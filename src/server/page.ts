import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Brain } from '../brain.ts';
import type { Config } from '../config.ts';
import { commonValues } from '../rendering/index.ts';
import { allowInline } from './headers.ts';
import { type PageConfig, readInline, renderChatPage, renderDemoPage } from './pageTemplate.ts';

export type { PageConfig } from './pageTemplate.ts';

type InLanguage = { Querystring: { lang?: string | string[] } };

/** Built files whose name changes with their content. */
const FOREVER = 'public, max-age=31536000, immutable';
/** The launcher and the logo keep their names: websites look for a newer one once an hour. */
const HOUR = 'public, max-age=3600';
const ENCODINGS = [
  ['br', (bytes: Buffer) => brotliCompressSync(bytes)],
  ['gzip', (bytes: Buffer) => gzipSync(bytes)],
] as const;

function languagesOf(header: string | undefined): string[] {
  return (header ?? '').split(',').map((part) => (part.split(';')[0] ?? '').trim());
}

/** `{ demo: { title } }` as `{ 'demo.title' }`, with the values put in. */
function flatten(
  texts: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, string>>,
  prefix = '',
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]): [string, string][] => {
      if (typeof text === 'object' && text !== null) {
        return Object.entries(flatten(text as Record<string, unknown>, values, `${prefix}${key}.`));
      }
      const filled = String(text).replace(/\{\{(\w+)\}\}/g, (place, name: string) => values[name] ?? place);
      return [[prefix + key, filled]];
    }),
  );
}

/** A page as it is sent, made once and kept for all who ask for it. */
interface Prepared {
  readonly etag: string;
  readonly bodies: Readonly<Record<string, Buffer>>;
}

function prepare(html: string): Prepared {
  const bytes = Buffer.from(html);
  return {
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 20)}"`,
    bodies: {
      identity: bytes,
      ...Object.fromEntries(ENCODINGS.map(([name, encode]) => [name, encode(bytes)])),
    },
  };
}

function send(request: FastifyRequest, reply: FastifyReply, { etag, bodies }: Prepared): FastifyReply {
  const accepted = languagesOf(request.headers['accept-encoding'] as string | undefined);
  const encoding = ENCODINGS.map(([name]) => name).find((name) => accepted.includes(name));
  reply
    .header('cache-control', 'no-cache')
    .header('vary', 'accept-language, accept-encoding')
    .header('etag', etag)
    .type('text/html; charset=utf-8');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  if (encoding) reply.header('content-encoding', encoding);
  return reply.send(bodies[encoding ?? 'identity']);
}

/** The page, its settings and its files. */
export async function registerPage(
  server: FastifyInstance,
  brain: Brain,
  config: Config,
  pageFolder: string,
): Promise<void> {
  const isBuilt = existsSync(join(pageFolder, 'index.html'));
  const name = isBuilt
    ? (JSON.parse(readFileSync(join(pageFolder, 'brand.json'), 'utf8')) as { name: string }).name
    : '';

  function localeOf(request: FastifyRequest<InLanguage>): string {
    const asked = [request.query.lang ?? []].flat();
    const wanted = [...asked, ...languagesOf(request.headers['accept-language'])];
    return brain.localeFor(wanted.filter((tag) => tag !== ''));
  }

  function configFor(locale: string): PageConfig {
    const { knowledge, say } = brain;
    const fallback = knowledge.texts[knowledge.locales[0] ?? '']?.window ?? {};
    const common = commonValues(knowledge, locale);
    const values = { ...common, name, minutes: String(config.SESSION_MINUTES) };
    return {
      locale,
      locales: knowledge.locales.map((id) => ({ id, name: say(id, 'conversation:languageName') })),
      texts: { ...flatten({ ...fallback, ...knowledge.texts[locale]?.window }, values), name },
      topics: Object.fromEntries(
        Object.entries(knowledge.topics).map(([id, topic]) => [id, topic.names[locale] ?? id]),
      ),
      exitUrl: config.EXIT_URL,
      human: {
        value: common.human ?? '',
        link: knowledge.contacts['child-focus']?.links[locale] ?? 'tel:116000',
      },
    };
  }

  server.get<InLanguage>('/chat/config.json', async (request, reply) => {
    reply.header('cache-control', 'no-cache').header('vary', 'accept-language');
    return configFor(localeOf(request));
  });

  if (isBuilt) {
    const prepared = new Map<string, Prepared>();
    let preparedFor = brain.knowledge.hash;
    const serve = (file: string, render: (template: string, settings: PageConfig) => string) => {
      const template = readFileSync(join(pageFolder, file), 'utf8');
      const inline = readInline(template);
      return (request: FastifyRequest<InLanguage>, reply: FastifyReply) => {
        const locale = localeOf(request);
        // Made again when the knowledge has changed.
        if (brain.knowledge.hash !== preparedFor) prepared.clear();
        preparedFor = brain.knowledge.hash;
        const key = `${file} ${locale}`;
        const page = prepared.get(key) ?? prepare(render(template, configFor(locale)));
        prepared.set(key, page);
        allowInline(reply, inline);
        return send(request, reply, page);
      };
    };
    const chat = serve('index.html', renderChatPage);
    server.get<InLanguage>('/', chat);
    server.get<InLanguage>('/chat', chat);
    server.get<InLanguage>('/demo', serve('demo.html', renderDemoPage));
    await server.register(fastifyStatic, {
      root: pageFolder,
      index: false,
      preCompressed: true,
      cacheControl: false,
      // The pages themselves are templates: they are sent filled in, by the routes above.
      allowedPath: (path) => !/\.(html|json)$/.test(path),
      setHeaders: (reply, path) =>
        reply.header('cache-control', path.includes(`${sep}assets${sep}`) ? FOREVER : HOUR),
    });
  }
}
