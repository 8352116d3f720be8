import type { FastifyInstance, FastifyReply } from 'fastify';

function answer(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.code(status).send({ error: { code, message } });
}

/** Addresses that could not even be read: no hook and no handler of a room sees them. */
export function answerUnreadable(
  error: { statusCode?: number },
  _request: unknown,
  reply: FastifyReply,
): void {
  answer(reply, error.statusCode ?? 400, 'BadArgument', 'This address cannot be read.');
}

/** What goes wrong outside the channels. A fault of ours is logged; what was asked is neither logged nor repeated. */
export function registerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return answer(reply, status, 'BadArgument', 'This request cannot be answered.');
    request.log.error({ err: error }, 'request failed');
    return answer(reply, status, 'ServerError', 'Something went wrong on our side. Please try again.');
  });
  server.setNotFoundHandler((_request, reply) =>
    answer(reply, 404, 'NotFound', 'There is nothing at this address.'),
  );
}
