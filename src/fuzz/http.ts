import fc from 'fast-check';
import { createChats } from './chat.ts';
import { Broken, type Prey, type Target } from './types.ts';

/** Stands for the id and the token of a real chat, put in when the request is made. */
const [ID, TOKEN] = ['~id~', '~token~'];

const word = fc.oneof(fc.string({ maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 30 }));
const segment = fc.oneof(fc.constantFrom(ID, '..', '%00', '%2e%2e', 'null', ''), word.map(encode));
const path = fc.oneof(
  fc.constantFrom(
    '/v3/directline/tokens/generate',
    '/v3/directline/tokens/refresh',
    '/v3/directline/conversations',
    `/v3/directline/conversations/${ID}`,
    `/v3/directline/conversations/${ID}/activities`,
    `/v3/directline/conversations/${ID}/upload`,
    `/v3/directline/conversations/${ID}/stream`,
    '/chat',
    '/chat/config.json',
    '/embed.js',
    '/health',
    '/health/ready',
    '/metrics',
    '/staff',
    '/insights',
    '/admin',
    '/preview',
  ),
  fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`),
  segment.map((one) => `/v3/directline/conversations/${one}/activities`),
);
const value = fc.oneof(
  fc.constantFrom('0', '1', '-1', '1e309', '99999999999999999999', 'null', TOKEN, 'fr', 'quiz'),
  word,
);
const query = fc.array(
  fc.tuple(fc.oneof(fc.constantFrom('watermark', 't', 'lang', 'topic', 'dialog', 'c'), word), value),
  {
    maxLength: 3,
  },
);
const header = fc.oneof(
  fc.constantFrom(
    `Bearer ${TOKEN}`,
    'Bearer',
    'Basic eDp5',
    'application/json',
    'text/plain',
    'multipart/form-data',
    'null',
  ),
  fc.string({ maxLength: 60 }),
);
const headers = fc.dictionary(
  fc.constantFrom(
    'authorization',
    'content-type',
    'origin',
    'accept-language',
    'x-forwarded-for',
    'cookie',
    'host',
    'range',
  ),
  header,
  { maxKeys: 4 },
);
const activity = fc.record(
  {
    type: fc.oneof(fc.constantFrom('message', 'event', 'typing', 'conversationUpdate'), word),
    text: fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.anything()),
    locale: fc.oneof(fc.constantFrom('nl', 'fr-BE', 'de'), word),
    name: fc.oneof(fc.constantFrom('feedback', 'campaign', 'webchat/join', 'startConversation'), word),
    value: fc.jsonValue(),
    attachments: fc.oneof(fc.array(fc.jsonValue(), { maxLength: 3 }), fc.jsonValue()),
    from: fc.oneof(fc.record({ id: word }), fc.jsonValue()),
    channelData: fc.oneof(fc.record({ clientActivityID: word }), fc.jsonValue()),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  { weight: 3, arbitrary: activity.map(stringify) },
  fc.json(),
  word,
  fc.constantFrom('{"__proto__":{"x":1}}', '[[[[[[', '{"type":"message","text":"hallo","type":5}'),
);
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS', 'HEAD'),
  path,
  query,
  headers,
  body,
  isAuthorised: fc.boolean(),
});

/** Lone surrogates cannot be in an address. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function stringify(data: unknown): string {
  try {
    return JSON.stringify(data) ?? 'null';
  } catch {
    return '{}';
  }
}

/** Requests of every shape, as a program could send them. */
export function httpTarget(prey: Prey): Target {
  const chat = createChats(prey);
  return {
    name: 'HTTP requests',
    weight: 1,
    share: 0.3,
    property: fc.asyncProperty(request as fc.Arbitrary<unknown>, async (given) => {
      const made = given as typeof request extends fc.Arbitrary<infer Made> ? Made : never;
      const { conversationId, token } = await chat();
      const real = (text: string) => text.replaceAll(ID, conversationId).replaceAll(TOKEN, token);
      const search = made.query
        .map(([name, content]) => `${encode(name)}=${encode(real(content))}`)
        .join('&');
      const isBodied = made.method !== 'GET' && made.method !== 'HEAD';
      const response = await prey.server.inject({
        method: made.method as 'GET',
        url: `${real(made.path)}?${search}`,
        headers: {
          ...(isBodied && { 'content-type': 'application/json' }),
          ...(made.isAuthorised && { authorization: `Bearer ${token}` }),
          ...Object.fromEntries(Object.entries(made.headers).map(([name, content]) => [name, real(content)])),
        },
        ...(isBodied && { payload: made.body }),
      });
      if (response.statusCode >= 500) {
        throw new Broken(
          `${response.statusCode} for ${made.method} ${made.path}: ${response.body.slice(0, 200)}`,
        );
      }
    }) as Target['property'],
  };
}
