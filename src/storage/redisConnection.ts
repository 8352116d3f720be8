import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { SCRIPTS } from './redisScripts.ts';

type Argument = string | number | Buffer;
/** The scripts as methods; replies hold bytes, not text. */
type Scripts = {
  readonly [Name in `${keyof typeof SCRIPTS}Buffer`]: (...args: Argument[]) => Promise<unknown>;
};
export type Connection = (Redis | Cluster) & Scripts;

/** A command that got no reply in this many milliseconds has failed; so has a connection that was not made. */
const REPLY_WITHIN = 2000;
/** Milliseconds that a start waits for Redis, which may be starting itself. */
const READY_WITHIN = 10_000;
const RECONNECT_EVERY = 250;
/** The listener hears a beat every so many milliseconds, so that a dead line is noticed. */
const BEAT = 5000;
const SILENT_TOO_LONG = 3 * BEAT;

/** Addresses of one server, or of some nodes of a cluster: `redis://user:password@host:6379`, with commas between. */
function nodesOf(urls: string): RedisOptions[] {
  return urls.split(',').map((address) => {
    const url = new URL(address.trim());
    return {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || 6379),
      ...(url.username !== '' && { username: decodeURIComponent(url.username) }),
      ...(url.password !== '' && { password: decodeURIComponent(url.password) }),
      ...(url.protocol === 'rediss:' && { tls: {} }),
      ...(url.pathname.length > 1 && { db: Number(url.pathname.slice(1)) }),
    };
  });
}

function cluster(nodes: readonly RedisOptions[], patience: RedisOptions): Cluster {
  const { host: _host, port: _port, ...credentials } = nodes[0] ?? {};
  return new Cluster(
    nodes.map(({ host = '', port = 6379 }) => ({ host, port })),
    {
      redisOptions: { ...credentials, ...patience },
      enableOfflineQueue: false,
      clusterRetryStrategy: () => RECONNECT_EVERY,
    },
  );
}

/**
 * The connection for commands. Nothing waits for a server that is away: commands fail at once, and the connection
 * comes back by itself. A command without a reply is not sent again by the connection, since it may have been done.
 */
export function connect(urls: string): Connection {
  const nodes = nodesOf(urls);
  const patience: RedisOptions = {
    commandTimeout: REPLY_WITHIN,
    connectTimeout: REPLY_WITHIN,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    enableOfflineQueue: false,
    retryStrategy: () => RECONNECT_EVERY,
  };
  const connection = nodes.length === 1 ? new Redis({ ...nodes[0], ...patience }) : cluster(nodes, patience);
  for (const [name, script] of Object.entries(SCRIPTS)) connection.defineCommand(name, script);
  // Every failed attempt is told as an event; what matters is told to whoever sent the command.
  connection.on('error', () => undefined);
  return connection as Connection;
}

/** Resolves once the connection takes commands; rejects where it does not in time. */
export function whenReady(connection: Connection): Promise<void> {
  if (connection.status === 'ready') return Promise.resolve();
  return new Promise((resolve, reject) => {
    let reason = 'no reply';
    const onError = (error: Error) => {
      reason = error.message;
    };
    const timer = setTimeout(() => {
      connection.off('error', onError);
      reject(new Error(reason));
    }, READY_WITHIN);
    connection.on('error', onError);
    connection.once('ready', () => {
      clearTimeout(timer);
      connection.off('error', onError);
      resolve();
    });
  });
}

/** Hears one channel, until stopped. */
export interface Ear {
  stop(): void;
}

/**
 * Listens on a connection of its own. A cluster passes messages on to all of its nodes, so any node will do: where one
 * is away, the next is tried.
 *
 * @param onBack after each time that messages may have been missed
 */
export function listen(
  urls: string,
  channel: string,
  speaker: Connection,
  onMessage: (message: string) => void,
  onBack: () => void,
): Ear {
  const nodes = nodesOf(urls);
  let attempt = 0;
  let stopped = false;
  let line: Redis | undefined;
  let timer: NodeJS.Timeout | undefined;

  function dial(): void {
    const node = nodes[attempt++ % nodes.length];
    line = new Redis({
      ...node,
      connectTimeout: REPLY_WITHIN,
      socketTimeout: SILENT_TOO_LONG,
      retryStrategy: () => null,
    });
    line.on('error', () => undefined);
    line.on('message', (_channel, message) => onMessage(message));
    line.once('ready', () => void line?.subscribe(channel).then(onBack, () => line?.disconnect()));
    line.once('end', () => {
      if (!stopped) timer = setTimeout(dial, RECONNECT_EVERY);
    });
  }

  const beat = setInterval(() => void speaker.publish(channel, 'beat').catch(() => undefined), BEAT);
  dial();
  return {
    stop() {
      stopped = true;
      clearInterval(beat);
      clearTimeout(timer);
      line?.disconnect();
    },
  };
}
