import { type FastifyServerOptions, LogController } from 'fastify';
import type { Config } from '../config.ts';

/** Requests are not logged, and unknown paths neither: an address or a token in a log would say who talked here. */
class QuietRequests extends LogController {
  constructor() {
    super({ disableRequestLogging: true });
  }

  override routeNotFound(): void {
    // The address of an unknown path may hold a token or a conversation's id.
  }
}

/** What a log may say of an error. */
export type LoggedError = {
  readonly type: string;
  readonly code: string;
  /** Empty where it could quote somebody. */
  readonly message: string;
  /** Where it happened: places in the program, never values. */
  readonly stack: string;
};

/** Errors of ours whose messages never quote anybody. */
const OURS = new Set(['StoreUnavailable', 'RosterError']);

/**
 * An error without anything a person may have written. The runtime quotes values in the messages of its own errors
 * ("Unexpected token in JSON …"), so a message is kept only where the system or the store gave it a code.
 */
export function describeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, code: '', message: '', stack: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    code,
    message: code !== '' || OURS.has(error.name) ? error.message : '',
    stack: places.map((line) => line.trim()).join('\n'),
  };
}

/** Hides what should never be logged, should somebody log it one day. */
const HIDDEN = [
  'req',
  'res',
  'request',
  'reply',
  'headers',
  'token',
  'key',
  'text',
  'utterance',
  'conversationId',
  'ip',
  'address',
];

/** Where a log line goes; standard output unless a test reads along. */
export type LogStream = NonNullable<Exclude<FastifyServerOptions['logger'], boolean>>['stream'];

/** How the server logs: by pino, without a word of anybody. */
export function loggingOptions(
  config: Pick<Config, 'LOG_LEVEL'>,
  stream: LogStream,
): Pick<FastifyServerOptions, 'logger' | 'logController'> {
  return {
    logController: new QuietRequests(),
    logger:
      config.LOG_LEVEL === 'silent'
        ? false
        : {
            level: config.LOG_LEVEL,
            serializers: { err: describeError },
            redact: HIDDEN.flatMap((name) => [name, `*.${name}`]),
            ...(stream && { stream }),
          },
  };
}
