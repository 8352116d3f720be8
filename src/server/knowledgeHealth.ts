import type { FastifyInstance } from 'fastify';
import { inLanguage, STAFF_LANGUAGES, type StaffLanguage } from '../knowledge/index.ts';
import type { KnowledgeStatus } from '../live/index.ts';

/** `/health`: which knowledge is in use, and what is wrong with newer files. `?lang=nl` words it in Dutch. */
export function registerKnowledgeHealth(server: FastifyInstance, status: () => KnowledgeStatus): void {
  server.get<{ Querystring: { lang?: string | string[] } }>('/health', async (request, reply) => {
    const wanted = [request.query.lang ?? []].flat();
    const language: StaffLanguage = STAFF_LANGUAGES.find((one) => wanted.includes(one)) ?? 'en';
    const { problems, ...knowledge } = status();
    reply.header('cache-control', 'no-store');
    return {
      // The bot answers either way; "degraded" says that somebody should mend a file.
      status: knowledge.state === 'broken' ? 'degraded' : 'ok',
      knowledge: {
        ...knowledge,
        problems: problems.map((one) => {
          const { file, line, column, message, mend } = inLanguage(one, language);
          return { file, line, column, message, mend };
        }),
      },
    };
  });
}
