import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Redis } from 'ioredis';
import { type Check, type Finding, type Patient, reporter } from './types.ts';

const PATIENCE = 3000;
const MOST_DRIFT = 5000;
const { ok, note, warning, error } = reporter('store');

/** Looks into the file without changing it: the bot may be running on it, in another version even. */
function checkSqlite({ root, config }: Patient): readonly Finding[] {
  const file = join(resolve(root, config.DATA_DIR), 'chats.sqlite');
  if (!existsSync(file)) return [ok('The SQLite file is made at the first start.')];
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    const [row] = database.prepare('PRAGMA quick_check(1)').all();
    database.close();
    const result = Object.values(row ?? {})[0];
    return result === 'ok'
      ? [ok('The SQLite file is whole.')]
      : [
          error(
            `${file} is damaged: ${String(result)}.`,
            'Stop the bot and move the file away: it holds only running chats.',
          ),
        ];
  } catch (caught) {
    return [
      error(
        `${file} cannot be read: ${caught instanceof Error ? caught.message : 'unknown reason'}.`,
        'Stop the bot and move the file away: it holds only running chats.',
      ),
    ];
  }
}

function readInfo(text: string): Map<string, string> {
  return new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const [name, value] = line.split(':');
      return name !== undefined && value !== undefined ? [[name, value] as const] : [];
    }),
  );
}

function judge(info: Map<string, string>, drift: number): readonly Finding[] {
  const policy = info.get('maxmemory_policy') ?? 'unknown';
  const found: Finding[] = [];
  if (policy !== 'noeviction')
    found.push(
      error(
        `Redis drops data when it is full (maxmemory-policy ${policy}): chats would vanish in the middle.`,
        'CONFIG SET maxmemory-policy noeviction, and the same line in redis.conf.',
      ),
    );
  if (info.get('aof_enabled') === '0')
    found.push(
      warning(
        'Redis keeps nothing on disk: running chats are lost when it restarts.',
        'appendonly yes in redis.conf (appendfsync always where not even a second may be lost).',
      ),
    );
  if (Math.abs(drift) > MOST_DRIFT)
    found.push(
      warning(
        `The clocks of Redis and this machine differ by ${Math.round(Math.abs(drift) / 1000)} s.`,
        'Let the network keep both right: sudo timedatectl set-ntp true',
      ),
    );
  return found;
}

async function checkRedis({ config, now }: Patient): Promise<readonly Finding[]> {
  // Of a cluster, any member answers for its own settings.
  const [first = ''] = config.REDIS_URL.split(',');
  const redis = new Redis(first.trim(), {
    lazyConnect: true,
    connectTimeout: PATIENCE,
    commandTimeout: PATIENCE,
    retryStrategy: () => null,
  });
  // What goes wrong is told by the commands below.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const info = readInfo(await redis.info());
    const [seconds = 0] = await redis.time();
    const found = judge(info, Number(seconds) * 1000 - now());
    return found.length > 0
      ? found
      : [ok(`Redis ${info.get('redis_version') ?? ''} answers and keeps what it is given.`)];
  } catch (caught) {
    const reason = caught instanceof Error && 'code' in caught ? String(caught.code) : 'no answer';
    return [
      error(
        `Redis does not answer (${reason}).`,
        'See that it runs and that REDIS_URL has the right address, user and password.',
      ),
    ];
  } finally {
    redis.disconnect();
  }
}

export const checkStore: Check = (patient) => {
  switch (patient.config.STORE) {
    case 'memory':
      return [
        note(
          'Chats are kept in memory: they are lost at a restart.',
          'STORE=sqlite keeps them in a sealed file.',
        ),
      ];
    case 'sqlite':
      return checkSqlite(patient);
    case 'redis':
      return checkRedis(patient);
  }
};
