import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './freePort.ts';

const BINARY = process.env.REDIS_SERVER ?? '/usr/bin/redis-server';
const STARTS_WITHIN = 10_000;

/** False where the program is not installed (`apt-get install redis-server`). */
export function hasRedis(): boolean {
  return existsSync(BINARY);
}

/** A real Redis on a free port of this machine, with its data in a temporary folder. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  /** Freezes the process: it keeps its connections and answers nothing. */
  freeze(): void;
  thaw(): void;
  /** Ends the process as a crash would. */
  kill(): Promise<void>;
  /** Starts it again, on the same port with the same data. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write('PING\r\n');
    const [reply] = await once(socket, 'data');
    return String(reply).startsWith('+PONG');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** @param settings as on the command line of `redis-server`: `['--appendonly', 'yes']` */
export async function startRedis(settings: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  let child: ChildProcess;

  async function start(): Promise<void> {
    child = spawn(
      BINARY,
      ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...settings],
      { stdio: 'ignore' },
    );
    const deadline = Date.now() + STARTS_WITHIN;
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`redis-server ended with code ${child.exitCode}.`);
      if (Date.now() > deadline) throw new Error('redis-server did not answer.');
      await wait(20);
    }
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    folder,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    kill,
    restart: start,
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
