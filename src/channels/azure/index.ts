/**
 * Azure Bot Service: Teams, Messenger and the other channels that Microsoft connects, by `POST /api/messages`. Loaded
 * only where credentials are configured.
 */
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import type { FastifyInstance } from 'fastify';
import type { Observe, RunBot } from '../../bot/index.ts';
import type { Brain } from '../../brain.ts';
import type { ConversationStore } from '../../storage/index.ts';
import { createAddressNames, createRate } from '../directline/index.ts';
import { readIncoming } from './incoming.ts';
import { createMemory } from './memory.ts';
import { createTurns } from './turns.ts';

/** Decides who may speak to the bot, and signs what it answers. */
export type AzureAuthentication = NonNullable<ConstructorParameters<typeof CloudAdapter>[0]>;

export interface AzureCredentials {
  readonly appId: string;
  readonly password: string;
  readonly type: 'MultiTenant' | 'SingleTenant';
  readonly tenantId: string | undefined;
}

export interface AzureOptions {
  readonly brain: Brain;
  readonly runBot: RunBot;
  readonly store: ConversationStore;
  /** What the keys of the bot's memory are derived from. */
  readonly secret: string;
  readonly authentication: AzureAuthentication;
  readonly now: () => number;
  readonly observe: Observe;
}

const MINUTE = 60_000;
/** Forged requests a minute from one address, after which they are not even looked at. */
const MAX_REFUSED = 30;

/** Microsoft's own rules of who may speak to the bot, for these credentials. */
export function azureAuthentication({
  appId,
  password,
  type,
  tenantId,
}: AzureCredentials): AzureAuthentication {
  return new ConfigurationBotFrameworkAuthentication(
    {},
    new ConfigurationServiceClientCredentialFactory({
      MicrosoftAppId: appId,
      MicrosoftAppPassword: password,
      MicrosoftAppType: type,
      ...(tenantId !== undefined && { MicrosoftAppTenantId: tenantId }),
    }),
  );
}

/** Believes everybody. For a local client on a developer's own machine only: no configuration turns it on. */
export function localAuthentication(): AzureAuthentication {
  return new ConfigurationBotFrameworkAuthentication({}, new ConfigurationServiceClientCredentialFactory({}));
}

/** Adds `POST /api/messages`. */
export function registerAzure(server: FastifyInstance, options: AzureOptions): void {
  const { authentication, now } = options;
  const adapter = new CloudAdapter(authentication);
  const turns = createTurns({ ...options, recall: createMemory(options.store, options.secret) });
  const name = createAddressNames(now);
  const countRefused = createRate(MAX_REFUSED, MINUTE, now);

  server.post('/api/messages', async (request, reply) => {
    const activity = readIncoming(request.body);
    if (!activity) {
      return reply
        .code(400)
        .send({ error: { code: 'BadSyntax', message: 'This is not an activity of Bot Framework.' } });
    }
    const identity = await authentication
      .authenticateRequest(activity as unknown as Activity, request.headers.authorization ?? '')
      .catch(() => undefined);
    if (!identity) {
      countRefused(name(request.ip));
      return reply.code(401).send({
        error: { code: 'Unauthorized', message: 'This request was not signed by Azure Bot Service.' },
      });
    }
    try {
      await adapter.processActivityDirect(identity, activity as unknown as Activity, turns);
      return reply.code(200).send();
    } catch (error) {
      request.log.error({ err: error }, 'a turn of Azure Bot Service failed');
      return reply
        .code(503)
        .header('retry-after', '5')
        .send({ error: { code: 'ServiceError', message: 'The turn failed. Please send it again.' } });
    }
  });
}
