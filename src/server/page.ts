import type { FastifyInstance } from 'fastify';
import type { Brain } from '../brain.ts';
import type { Config } from '../config.ts';
import { commonValues } from '../rendering/index.ts';

/** What the page needs to know before the first message: its texts in one language, the others, the ways out. */
export interface PageConfig {
  readonly locale: string;
  readonly locales: readonly { readonly id: string; readonly name: string }[];
  readonly texts: Readonly<Record<string, unknown>>;
  readonly exitUrl: string;
  readonly human: { readonly value: string; readonly link: string };
}

function languagesOf(header: string | undefined): string[] {
  return (header ?? '').split(',').map((part) => (part.split(';')[0] ?? '').trim());
}

/** The page's settings. */
export function registerPage(server: FastifyInstance, brain: Brain, config: Config): void {
  const { knowledge, say } = brain;

  server.get<{ Querystring: { lang?: string | string[] } }>(
    '/chat/config.json',
    async (request): Promise<PageConfig> => {
      const wanted = [
        ...[request.query.lang ?? []].flat(),
        ...languagesOf(request.headers['accept-language']),
      ];
      const locale = brain.localeFor(wanted.filter((tag) => tag !== ''));
      const fallback = knowledge.texts[knowledge.locales[0] ?? '']?.window ?? {};
      const humanContact = knowledge.contacts['child-focus'];
      return {
        locale,
        locales: knowledge.locales.map((id) => ({ id, name: say(id, 'conversation:languageName') })),
        texts: { ...fallback, ...knowledge.texts[locale]?.window },
        exitUrl: config.EXIT_URL,
        human: {
          value: commonValues(knowledge, locale).human ?? '',
          link: humanContact?.links[locale] ?? 'tel:116000',
        },
      };
    },
  );
}
