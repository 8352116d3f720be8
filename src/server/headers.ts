import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const YEAR_IN_SECONDS = 31_536_000;
/** What a page of ours never uses, so that nothing that gets into it can. */
const UNUSED_FEATURES = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'display-capture',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
  'xr-spatial-tracking',
];

/**
 * Security headers on every response.
 *
 * @param allowedOrigins websites that may show the chat in a frame
 */
export async function registerHeaders(
  server: FastifyInstance,
  allowedOrigins: readonly string[],
): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'self'", ...allowedOrigins],
      },
    },
    crossOriginEmbedderPolicy: false,
    // The launcher is loaded by other websites.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    // Said by `frame-ancestors`, which knows a list.
    xFrameOptions: false,
    // Said below, over https only.
    strictTransportSecurity: false,
  });
  server.addHook('onRequest', async (request, reply) => {
    reply.header('permissions-policy', UNUSED_FEATURES.map((name) => `${name}=()`).join(', '));
    if (request.protocol === 'https')
      reply.header('strict-transport-security', `max-age=${YEAR_IN_SECONDS}; includeSubDomains`);
  });
}
