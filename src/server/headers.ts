import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Inline } from './pageTemplate.ts';

const YEAR_IN_SECONDS = 31_536_000;
const POLICY = 'content-security-policy';
const OWN_SCRIPTS = "script-src 'self'";
const OWN_STYLES = "style-src 'self'";
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

/** Lets in what stands in this page itself, each piece known by its hash; any other is still refused. */
export function allowInline(reply: FastifyReply, { scripts, styles }: Inline): void {
  const policy = String(reply.getHeader(POLICY))
    .replace(OWN_SCRIPTS, () => [OWN_SCRIPTS, ...scripts].join(' '))
    .replace(OWN_STYLES, () => [OWN_STYLES, ...styles].join(' '));
  reply.header(POLICY, policy);
}
