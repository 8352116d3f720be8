import type { FastifyInstance } from 'fastify';
import type { AzureOptions } from '../channels/azure/index.ts';
import type { Config } from '../config.ts';

/** Opens the bot to Azure Bot Service where its credentials are configured; its code is loaded only then. */
export async function registerAzureChannel(
  server: FastifyInstance,
  { MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD, MICROSOFT_APP_TYPE, MICROSOFT_APP_TENANT_ID }: Config,
  options: Omit<AzureOptions, 'authentication'>,
): Promise<void> {
  if (MICROSOFT_APP_ID === undefined || MICROSOFT_APP_PASSWORD === undefined) return;
  const { azureAuthentication, registerAzure } = await import('../channels/azure/index.ts');
  const authentication = azureAuthentication({
    appId: MICROSOFT_APP_ID,
    password: MICROSOFT_APP_PASSWORD,
    type: MICROSOFT_APP_TYPE,
    tenantId: MICROSOFT_APP_TENANT_ID,
  });
  registerAzure(server, { ...options, authentication });
}
