import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readFile, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Check, type Finding, reporter } from './types.ts';

const run = promisify(execFile);
const PRIVATE = 0o077;
const MEGABYTE = 1_000_000;
const LEAST_FREE = 200 * MEGABYTE;
/** Connections besides the chats': files, the store, health checks. */
const OTHER_FILES = 500;
const SOON = 2000;

export const checkNode: Check = async ({ root }) => {
  const { ok, error } = reporter('node');
  const { engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const [needed, present] = [engines.node, process.versions.node].map((text) =>
    Number(/\d+/.exec(text)?.[0] ?? 0),
  );
  return (present ?? 0) >= (needed ?? 0)
    ? [ok(`Node.js ${process.versions.node}.`)]
    : [
        error(
          `Node.js ${process.versions.node} is too old: ${engines.node} is needed.`,
          'Start by `npm start`, which uses the version that the project brings, or install a newer one.',
        ),
      ];
};

async function modeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mode }) => mode & 0o777,
    () => undefined,
  );
}

/** The folder, or the nearest one above it that exists. */
async function nearest(folder: string): Promise<string> {
  return (await modeOf(folder)) === undefined && dirname(folder) !== folder
    ? nearest(dirname(folder))
    : folder;
}

export const checkDataFolder: Check = async ({ root, config }) => {
  const { ok, warning, error } = reporter('data folder');
  const folder = resolve(root, config.DATA_DIR);
  const there = await nearest(folder);
  const isWritable = await access(there, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable)
    return [
      error(
        `${there} cannot be written to by this user.`,
        `sudo install -d -m 700 -o <user of the bot> ${folder}, or set DATA_DIR to another folder.`,
      ),
    ];
  const places = [folder, join(folder, 'token-secret'), join(folder, 'chats.sqlite')];
  const open: Finding[] = [];
  for (const place of places) {
    const mode = await modeOf(place);
    if (mode !== undefined && (mode & PRIVATE) !== 0)
      open.push(
        warning(
          `${place} can be read by other users (mode ${mode.toString(8)}).`,
          `chmod ${place === folder ? 700 : 600} ${place}`,
        ),
      );
  }
  const { bavail, bsize } = await statfs(there);
  const free = bavail * bsize;
  const full =
    free < LEAST_FREE
      ? [
          warning(
            `Only ${Math.round(free / MEGABYTE)} MB are free under ${there}.`,
            'Make room: chats cannot be kept on a full disk.',
          ),
        ]
      : [];
  const found = [...open, ...full];
  return found.length > 0 ? found : [ok(`${folder} can be written to, and by nobody else.`)];
};

function listens(port: number, host: string): Promise<string | undefined> {
  const server = createServer();
  return new Promise((settle) => {
    server.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? 'unknown'));
    server.listen(port, host, () => server.close(() => settle(undefined)));
  });
}

async function isOurs(port: number, host: string): Promise<boolean> {
  const address = host === '0.0.0.0' ? '127.0.0.1' : host;
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}/health/live`;
  return fetch(url, { signal: AbortSignal.timeout(SOON) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

export const checkPort: Check = async ({ config: { PORT, HOST } }) => {
  const { ok, error } = reporter('port');
  const fault = await listens(PORT, HOST);
  if (fault === undefined) return [ok(`Port ${PORT} is free.`)];
  if (fault === 'EADDRINUSE' && (await isOurs(PORT, HOST)))
    return [ok(`The bot is running on port ${PORT}.`)];
  if (fault === 'EADDRINUSE')
    return [
      error(`Another program uses port ${PORT}.`, `ss -ltnp 'sport = :${PORT}' shows which; or set PORT.`),
    ];
  if (fault === 'EACCES')
    return [
      error(`This user may not open port ${PORT}.`, 'Use a port above 1023, with a proxy in front of it.'),
    ];
  return [error(`The bot cannot listen on ${HOST}: ${fault}.`, 'HOST must be an address of this machine.')];
};

export const checkOpenFiles: Check = async ({ config }) => {
  const { ok, note, warning } = reporter('open files');
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  // Node raises the soft limit to the hard one by itself.
  const most = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1];
  if (most === undefined) return [note('The limit of open files is not known on this system.')];
  const needed = config.MAX_SOCKETS + OTHER_FILES;
  return most === 'unlimited' || Number(most) >= needed
    ? [ok(`${most} files may be open at once; ${needed} are needed at most.`)]
    : [
        warning(
          `Only ${most} files may be open at once, but MAX_SOCKETS allows ${config.MAX_SOCKETS} connections.`,
          `LimitNOFILE=${needed} in the systemd unit, or a lower MAX_SOCKETS.`,
        ),
      ];
};

/** Tokens end by the clock. */
export const checkClock: Check = async ({ root, now }) => {
  const { ok, note, warning, error } = reporter('clock');
  const written = (await stat(join(root, 'package.json'))).mtimeMs;
  if (now() < written - SOON)
    return [
      error('The clock is earlier than the program’s own files.', 'Set it: sudo timedatectl set-ntp true'),
    ];
  const synchronised = await run('timedatectl', ['show', '--property=NTPSynchronized', '--value']).then(
    ({ stdout }) => stdout.trim(),
    () => 'unknown',
  );
  if (synchronised === 'yes') return [ok('The clock is kept right by the network.')];
  return synchronised === 'no'
    ? [
        warning(
          'Nothing keeps the clock right: tokens may end too early or too late.',
          'sudo timedatectl set-ntp true',
        ),
      ]
    : [note('Whether the clock is kept right is not known on this system.')];
};
