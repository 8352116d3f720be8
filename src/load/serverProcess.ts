import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './freePort.ts';

const MAIN = join(import.meta.dirname, '..', 'main.ts');
/** A bot that only repeats what it hears, on the same channel and store; it starts in a moment. */
export const ECHO = join(import.meta.dirname, 'echo.ts');
const OPEN = 'The chat is open';
const COLLECT = join(import.meta.dirname, 'collectGarbage.ts');
/** What one collection frees is given back to the system by the next ones. */
const COLLECTIONS = 3;
const BETWEEN_COLLECTIONS = 1500;
/** Limits are meant for people; a load generator is thousands of them at one address. */
const MANY = '1000000000';
export const UNLIMITED = {
  RATE_LIMIT: MANY,
  VISITOR_RATE_LIMIT: MANY,
  CONVERSATIONS_PER_ADDRESS: MANY,
  MAX_SOCKETS: MANY,
  SOCKETS_PER_ADDRESS: MANY,
};

/** How a process ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** The real server, as a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  signal(name: NodeJS.Signals): void;
  /** Ends the process; resolves once it is gone. */
  end(name: NodeJS.Signals): Promise<Ended>;
  /** Memory in use, in bytes, after the garbage was collected: it stands still for that. Takes some seconds. */
  memory(): Promise<number>;
  /** Processor time used so far, in seconds. */
  cpu(): Promise<number>;
}

export interface ServerSettings {
  /** The same port again for a restart; a free one otherwise. */
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Runs before the program in the same process, in bash: `ulimit -S -f 4000`. */
  readonly before?: string;
  /** The program, instead of this project's server. */
  readonly main?: string;
}

/** Starts a server; resolves once it is open. @throws with what it said, where it ends instead */
export async function startProcess(settings: ServerSettings = {}): Promise<ServerProcess> {
  const port = settings.port ?? (await freePort());
  const command = `${settings.before ?? ':'}; exec "$0" --disable-warning=FSTDEP023 --expose-gc --import "$2" "$1"`;
  const child: ChildProcess = spawn(
    'bash',
    ['-c', command, process.execPath, settings.main ?? MAIN, COLLECT],
    {
      env: { ...process.env, ...UNLIMITED, LOG_LEVEL: 'fatal', ...settings.environment, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const ended = once(child, 'close').then(
    ([code, signal]): Ended => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      output,
    }),
  );
  const open = new Promise<void>((resolve) => {
    const read = (chunk: Buffer) => {
      output += String(chunk);
      if (output.includes(OPEN)) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
  await Promise.race([
    open,
    ended.then((end) => {
      throw new Error(`The server ended with ${end.signal ?? `code ${end.code}`}:\n${end.output}`);
    }),
  ]);
  const pid = child.pid ?? 0;
  return {
    url: `http://127.0.0.1:${port}`,
    pid,
    ended,
    signal: (name) => void child.kill(name),
    async end(name) {
      child.kill(name);
      return ended;
    },
    async memory() {
      for (let i = 0; i < COLLECTIONS; i++) {
        child.kill('SIGUSR2');
        await wait(BETWEEN_COLLECTIONS);
      }
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
    },
    async cpu() {
      const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
      // utime and stime, in hundredths of a second.
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
  };
}
