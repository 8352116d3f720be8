import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { diagnose, type Finding } from '../../src/doctor/index.ts';
import { checkClock, checkDataFolder, checkOpenFiles, checkPort } from '../../src/doctor/machine.ts';
import { checkNames, checkOrigins, checkProxy, checkSecrets } from '../../src/doctor/settings.ts';
import { checkStore } from '../../src/doctor/store.ts';
import { hasRedis, startRedis } from '../../src/load/index.ts';
import { createSqliteStore } from '../../src/storage/index.ts';
import { ROOT, startServer } from '../helpers.ts';
import { SMALL_PROJECT } from '../smallProject.ts';

const run = promisify(execFile);
const folder = () => mkdtempSync(join(tmpdir(), 'doctor-'));

/** What the doctor finds in an environment, on a port that is free unless the test says otherwise. */
async function findings(
  environment: Record<string, string> = {},
  root = SMALL_PROJECT,
): Promise<readonly Finding[]> {
  return diagnose({
    root,
    environment: { PORT: '0', DATA_DIR: join(folder(), 'data'), ...environment },
    now: Date.now,
  });
}

/** The checks that these tests ask one at a time: all together they load the knowledge. */
const CHECKS = {
  names: checkNames,
  secrets: checkSecrets,
  origins: checkOrigins,
  proxy: checkProxy,
  'data folder': checkDataFolder,
  store: checkStore,
  port: checkPort,
  'open files': checkOpenFiles,
  clock: checkClock,
};

/** The one finding of one check. */
async function only(
  name: keyof typeof CHECKS,
  variables: Record<string, string> = {},
  now = Date.now,
): Promise<Finding> {
  const environment = { PORT: '0', DATA_DIR: join(folder(), 'data'), ...variables };
  const config = readConfig(environment);
  const [finding, ...more] = await CHECKS[name]({ root: SMALL_PROJECT, environment, config, now });
  if (finding?.check !== name || more.length > 0) throw new Error(`${name}: ${more.length + 1} findings`);
  return finding;
}

describe('on a machine where nothing is set', () => {
  test('the doctor finds no error', async () => {
    const found = await findings({}, ROOT);
    expect(found.filter(({ state }) => state === 'error')).toEqual([]);
  });

  test('everything that is not right comes with what to do about it', async () => {
    const found = await findings({
      TRUST_PROXY: '0.0.0.0/0',
      TOKEN_SECRET: 'a'.repeat(40),
      ALLOWED_ORIGIN: 'x',
    });
    const wrong = found.filter(({ state }) => state === 'error' || state === 'warning');
    expect(wrong.length).toBeGreaterThan(2);
    for (const { mend } of wrong) expect(mend).toBeTruthy();
  });
});

describe('the configuration', () => {
  test('with wrong values is told variable by variable, and nothing else is guessed', async () => {
    const found = await findings({ PORT: 'x', LOG_LEVEL: 'loud' });
    expect(found.map(({ message, mend }) => [message.split(' ')[0], mend])).toEqual([
      ['PORT', 'PORT=3978'],
      ['LOG_LEVEL', 'LOG_LEVEL=info'],
    ]);
  });

  test('with a misspelt name is told, since it would silently set nothing', async () => {
    expect(await only('names', { ALOWED_ORIGINS: 'https://www.example.org' })).toMatchObject({
      state: 'warning',
      mend: 'Do you mean ALLOWED_ORIGINS?',
    });
  });

  test('does not take other programs’ variables for misspelt ones', async () => {
    expect(
      await only('names', { HOME: '/root', HOSTNAME: 'a', LOGNAME: 'b', NODE_ENV: 'production' }),
    ).toMatchObject({ state: 'ok' });
  });

  test.each([
    ['https://www.example.org', 'ok'],
    ['http://localhost:8080', 'ok'],
    ['http://www.example.org', 'warning'],
  ])('of websites wants https: %s is %s', async (origin, state) => {
    expect((await only('origins', { ALLOWED_ORIGINS: origin })).state).toBe(state);
  });

  test.each([
    ['everybody', { TRUST_PROXY: '0.0.0.0/0' }, 'error'],
    ['everybody in IPv6', { TRUST_PROXY: '10.0.0.1,::/0' }, 'error'],
    ['a named proxy', { TRUST_PROXY: 'loopback' }, 'ok'],
    ['no proxy on this machine only', {}, 'note'],
    ['no proxy on the network', { HOST: '0.0.0.0' }, 'warning'],
  ])('that believes %s is %s', async (_name, environment, state) => {
    expect((await only('proxy', environment)).state).toBe(state);
  });
});

describe('secrets', () => {
  const RANDOM = 'q7Zt0vWm2Lx9Kc4Rb8Ny1Ps6Hd3Jf5Ga';

  test.each([
    ['a random one', { TOKEN_SECRET: RANDOM }, 'ok'],
    ['one that can be guessed', { TOKEN_SECRET: 'changechangechangechangechangechange' }, 'warning'],
    ['the same for two uses', { TOKEN_SECRET: RANDOM, METRICS_TOKEN: RANDOM }, 'warning'],
  ])('%s is judged rightly', async (_name, environment, state) => {
    const finding = await only('secrets', environment);
    expect(finding.state).toBe(state);
    expect(JSON.stringify(finding)).not.toContain(RANDOM);
  });

  test('must be common where several instances share one Redis', async () => {
    expect(await only('secrets', { STORE: 'redis', REDIS_URL: 'redis://127.0.0.1:1' })).toMatchObject({
      state: 'error',
      mend: expect.stringContaining('same TOKEN_SECRET'),
    });
  });
});

describe('the data folder', () => {
  test('that others can read is told, with the command that mends it', async () => {
    const data = join(folder(), 'data');
    mkdirSync(data);
    chmodSync(data, 0o755);
    expect(await only('data folder', { DATA_DIR: data })).toMatchObject({
      state: 'warning',
      mend: `chmod 700 ${data}`,
    });
  });

  test('holds a secret that others can read: told too', async () => {
    const data = join(folder(), 'data');
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(join(data, 'token-secret'), 'x', { mode: 0o644 });
    expect((await only('data folder', { DATA_DIR: data })).message).toMatch(/token-secret.*mode 644/);
  });

  test('is not made by looking at it', async () => {
    const data = join(folder(), 'data');
    await findings({ DATA_DIR: data });
    expect(() => chmodSync(data, 0o700)).toThrow('ENOENT');
  });
});

describe('the store', () => {
  test('of SQLite is looked at while the bot runs on it', async () => {
    const data = folder();
    const store = await createSqliteStore(join(data, 'chats.sqlite'), {});
    expect((await only('store', { DATA_DIR: data })).state).toBe('ok');
    await store.close();
  });

  test('of SQLite that is damaged is told, and that it may be moved away', async () => {
    const data = folder();
    writeFileSync(join(data, 'chats.sqlite'), 'this is no database, whatever it is called. '.repeat(200), {
      mode: 0o600,
    });
    expect(await only('store', { DATA_DIR: data })).toMatchObject({
      state: 'error',
      mend: expect.stringContaining('only running chats'),
    });
  });

  test('of Redis that does not answer is told without its password', async () => {
    const finding = await only('store', { STORE: 'redis', REDIS_URL: 'redis://user:pass-word@127.0.0.1:1' });
    expect(finding.state).toBe('error');
    expect(JSON.stringify(finding)).not.toContain('pass-word');
  });
});

if (!hasRedis()) console.warn('Skipped: the doctor on Redis, because redis-server is not installed.');
describe.runIf(hasRedis())('Redis', () => {
  test.each([
    ['keeps everything', ['--maxmemory-policy', 'noeviction', '--appendonly', 'yes'], 'ok'],
    ['drops chats when it is full', ['--maxmemory-policy', 'allkeys-lru', '--appendonly', 'yes'], 'error'],
    ['keeps nothing on disk', ['--maxmemory-policy', 'noeviction', '--appendonly', 'no'], 'warning'],
  ])('that %s is found so', async (_name, settings, state) => {
    const redis = await startRedis(settings);
    onTestFinished(() => redis.stop());
    expect((await only('store', { STORE: 'redis', REDIS_URL: redis.url })).state).toBe(state);
  });
});

describe('the port', () => {
  test('that the bot itself uses is right', async () => {
    const { server } = await startServer();
    onTestFinished(() => server.close());
    const { port } = server.server.address() as AddressInfo;
    expect((await only('port', { PORT: String(port) })).message).toMatch(/bot is running/);
  });

  test('that another program uses is told', async () => {
    const other = createTcpServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    expect(await only('port', { PORT: String(port) })).toMatchObject({ state: 'error' });
  });
});

test('a clock before the program’s own files is told', async () => {
  expect(await only('clock', {}, () => 0)).toMatchObject({ state: 'error' });
});

test('more connections than files can be open is told, with the line for the unit', async () => {
  expect(await only('open files', { MAX_SOCKETS: '100000000' })).toMatchObject({
    state: 'warning',
    mend: expect.stringContaining('LimitNOFILE='),
  });
});

describe('npm run doctor', () => {
  const doctor = (...args: string[]) =>
    run(process.execPath, [join(ROOT, 'src/cli/doctor.ts'), ...args], {
      env: { PATH: process.env.PATH ?? '', PORT: '0', DATA_DIR: folder() },
    });

  test('prints JSON for machines and ends with 0 where the bot can run', async () => {
    const { stdout } = await doctor('--json');
    expect(JSON.parse(stdout)).toMatchObject({ errors: 0, findings: expect.any(Array) });
  });

  test('reads the file that systemd reads, and ends with 1 where it is wrong', async () => {
    const file = join(folder(), 'chatbot.env');
    writeFileSync(file, 'TRUST_PROXY=true\n');
    await expect(doctor('--env', file)).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('TRUST_PROXY must be the addresses of your proxies'),
    });
  });

  test('ends with 2 for a wrong call', async () => {
    await expect(doctor('--fast')).rejects.toMatchObject({ code: 2 });
  });
});
