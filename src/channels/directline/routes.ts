import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Locale } from '../../knowledge/index.ts';
import type { Access } from './access.ts';
import type { Conversations } from './conversations.ts';
import { badArgument, DirectLineError, unknownConversation } from './errors.ts';
import type { Guard } from './limits.ts';
import type { Streams } from './streams.ts';
import type { Grant, Tokens } from './tokens.ts';

/** What the channel itself says or needs to know of the bot. */
export interface ChannelVoice {
  localeFor(tags: readonly string[]): string;
  uploadRefused(locale: string): { readonly plain: string };
}

export interface RouteDeps {
  readonly access: Access;
  readonly brain: ChannelVoice;
  readonly conversations: Conversations;
  readonly guard: Guard;
  /** Path under which the routes are registered. */
  readonly prefix: string;
  readonly streams: Streams;
  readonly tokens: Tokens;
}

const MAX_ID = 200;
/** Activities in one response at most; the rest follows from the watermark. */
const MOST_ACTIVITIES = 100;

/** What is read of an activity; everything else a client sends is dropped. */
const activitySchema = z.object({
  type: z.enum(['message', 'event', 'typing']),
  text: z.string().optional(),
  locale: z.string().max(MAX_ID).optional(),
  name: z.string().max(MAX_ID).optional(),
  value: z.unknown().optional(),
  attachments: z.array(z.unknown()).optional(),
  from: z.object({ id: z.string().max(MAX_ID) }).optional(),
  channelData: z.object({ clientActivityID: z.string().max(MAX_ID).optional() }).optional(),
});
const startSchema = z.object({ locale: z.string().max(MAX_ID).optional() }).nullish();

type ById = { Params: { conversationId: string }; Querystring: { watermark?: string; t?: string } };

/** The sequence a client has read up to; 0 for none. */
function readWatermark(watermark: string | undefined): number {
  if (watermark === undefined || watermark === '' || watermark === '-' || watermark === 'null') return 0;
  const after = Number(watermark);
  if (!Number.isSafeInteger(after) || after < 0) {
    throw badArgument('The watermark is not one that this server gave.');
  }
  return after;
}

function languagesOf(request: FastifyRequest): string[] {
  return (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => (part.split(';')[0] ?? '').trim());
}

/** The routes of Direct Line 3.0, and one of our own: DELETE erases a conversation at once. */
export function registerRoutes(server: FastifyInstance, deps: RouteDeps): void {
  const { access, brain, conversations, guard, prefix, streams, tokens } = deps;

  async function describe(request: FastifyRequest, grant: Grant, after?: number) {
    const { token, expiresIn } = await tokens.issue(grant);
    const scheme = request.protocol === 'https' ? 'wss' : 'ws';
    const watermark = after === undefined ? '' : `&watermark=${after}`;
    return {
      conversationId: grant.conversationId,
      token,
      expires_in: expiresIn,
      streamUrl: `${scheme}://${request.host}${prefix}/conversations/${grant.conversationId}/stream?t=${token}${watermark}`,
    };
  }

  async function existing(request: FastifyRequest, conversationId: string): Promise<Grant> {
    const grant = await access.grantFor(request, conversationId);
    if (!(await conversations.exists(grant))) throw unknownConversation();
    return grant;
  }

  /** The language in which the bot last spoke. */
  async function localeOf(grant: Grant): Promise<Locale> {
    const { activities } = await conversations.read(grant, 0, Number.MAX_SAFE_INTEGER);
    return brain.localeFor([activities.findLast(({ from }) => from?.role === 'bot')?.locale ?? '']);
  }

  server.post('/tokens/generate', async (request) => {
    access.checkNewcomer(request);
    const { conversationId, token, expires_in } = await describe(request, tokens.invent());
    return { conversationId, token, expires_in };
  });

  server.post('/tokens/refresh', async (request) => {
    const { conversationId, token, expires_in } = await describe(request, await access.grantOf(request));
    return { conversationId, token, expires_in };
  });

  server.post('/conversations', async (request, reply) => {
    const earlier = await access.earlierGrant(request);
    if (!earlier) access.checkNewcomer(request);
    const body = startSchema.safeParse(request.body ?? undefined);
    const locale = brain.localeFor(
      [(body.success && body.data?.locale) || '', ...languagesOf(request)].filter(Boolean),
    );
    const grant = earlier ?? tokens.invent();
    if (!earlier || !(await conversations.exists(grant))) guard.newConversation(request.ip);
    const begun = await conversations.begin(grant, locale);
    const described = await describe(request, grant);
    if (!begun) return described;
    // What the bot said already comes along: who begins need not ask for it.
    return reply.code(201).send({ ...described, ...(await conversations.read(grant, 0, MOST_ACTIVITIES)) });
  });

  server.get<ById>('/conversations/:conversationId', async (request) => {
    const grant = await existing(request, request.params.conversationId);
    return describe(request, grant, readWatermark(request.query.watermark));
  });

  server.delete<ById>('/conversations/:conversationId', async (request, reply) => {
    const grant = await access.grantFor(request, request.params.conversationId);
    await conversations.erase(grant);
    return reply.code(204).send();
  });

  server.get<ById>('/conversations/:conversationId/activities', async (request) => {
    const after = readWatermark(request.query.watermark);
    const grant = await access.grantFor(request, request.params.conversationId);
    return conversations.read(grant, after, MOST_ACTIVITIES);
  });

  server.post<ById>('/conversations/:conversationId/activities', async (request) => {
    const grant = await access.grantFor(request, request.params.conversationId);
    const parsed = activitySchema.safeParse(request.body);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw badArgument(
        `This is not an activity: ${issue?.path.join('.') || 'body'}: ${issue?.message ?? ''}`,
      );
    }
    const { id, added } = await conversations.receive(grant, parsed.data as never);
    streams.hand(grant.conversationId, added);
    return { id };
  });

  server.post<ById>('/conversations/:conversationId/upload', async (request) => {
    const grant = await existing(request, request.params.conversationId);
    throw new DirectLineError(415, 'UploadRefused', brain.uploadRefused(await localeOf(grant)).plain);
  });

  server.get<ById>(
    '/conversations/:conversationId/stream',
    {
      websocket: true,
      // Checked before the upgrade, so that a refusal is an ordinary response.
      preValidation: async (request) => {
        if (request.headers.origin !== undefined && !access.isAllowedOrigin(request))
          access.checkNewcomer(request);
        const grant = await access.grantIn(request.query.t ?? '');
        readWatermark(request.query.watermark);
        guard.sockets.check(request.ip);
        if (grant.conversationId !== request.params.conversationId || !(await conversations.exists(grant))) {
          throw unknownConversation();
        }
      },
      // From here on nothing is answered by HTTP. Left attached, the response would keep itself, the request, its headers
      // and its log in memory for as long as the chat is open.
      preHandler: async (request, reply) => {
        if (request.ws) reply.raw.detachSocket(request.raw.socket);
      },
    },
    async (socket, request) => {
      socket.once('close', guard.sockets.take(request.ip));
      const grant = await tokens.verify(request.query.t ?? '');
      streams.open(socket, grant, readWatermark(request.query.watermark));
    },
  );
}
