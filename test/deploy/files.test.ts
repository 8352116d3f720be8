/** The files of docs/deploy, used as they are: only addresses, ports and certificates are put in. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { ROOT, type RunningServer, startServer } from '../helpers.ts';

const DEPLOY = join(ROOT, 'docs', 'deploy');
const HOST = 'chat.example.org';
const read = (name: string) => readFileSync(join(DEPLOY, name), 'utf8');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request by https to the proxy, as for the name in its file. */
function call(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        servername: HOST,
        rejectUnauthorized: false,
        headers: { host: HOST, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

interface Proxy {
  readonly binary: string;
  /** Starts the proxy with its file of docs/deploy. */
  start(folder: string, port: number, target: number): Promise<ChildProcess>;
}

const PROXIES: Readonly<Record<string, Proxy>> = {
  nginx: {
    binary: '/usr/sbin/nginx',
    async start(folder, port, target) {
      const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
      execFileSync(
        'openssl',
        [
          ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${HOST}`],
          ...['-keyout', key, '-out', certificate],
        ],
        { stdio: 'ignore' },
      );
      const plain = await freePort();
      const site = read('nginx.conf')
        .replace('listen 80;', `listen 127.0.0.1:${plain};`)
        .replace('listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`)
        .replace('127.0.0.1:3978', `127.0.0.1:${target}`)
        .replace(/ssl_certificate_key .+;/, `ssl_certificate_key ${key};`)
        .replace(/ssl_certificate +\S+;/, `ssl_certificate ${certificate};`)
        .replace('/var/log/nginx/chatbot.error.log', join(folder, 'error.log'));
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((name) => `${name}_temp_path ${join(folder, name)};`)
        .join('\n');
      const file = join(folder, 'nginx.conf');
      writeFileSync(
        file,
        `daemon off; master_process off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'main.log')};
         events {} http { ${temporary} ${site} }`,
      );
      execFileSync('/usr/sbin/nginx', ['-t', '-c', file], { stdio: 'pipe' });
      return spawn('/usr/sbin/nginx', ['-c', file], { stdio: 'ignore' });
    },
  },
  caddy: {
    binary: '/usr/bin/caddy',
    async start(folder, port, target) {
      const file = join(folder, 'Caddyfile');
      writeFileSync(
        file,
        read('Caddyfile')
          // A certificate of its own making, and no port but the one of the test.
          .replace(/^\{\n/m, '{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n')
          .replace(`${HOST} {`, `${HOST}:${port} {\n\ttls internal\n\tbind 127.0.0.1`)
          .replace('127.0.0.1:3978', `127.0.0.1:${target}`),
      );
      return spawn('/usr/bin/caddy', ['run', '--config', file, '--adapter', 'caddyfile'], {
        stdio: 'ignore',
        env: { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
      });
    },
  },
};

for (const [name, proxy] of Object.entries(PROXIES)) {
  const isThere = existsSync(proxy.binary);
  if (!isThere) console.warn(`Skipped: the file for ${name}, because ${name} is not installed.`);

  describe.runIf(isThere)(`behind ${name}, with the file of docs/deploy`, () => {
    let running: RunningServer;
    let child: ChildProcess | undefined;
    let port = 0;
    beforeAll(async () => {
      running = await startServer({
        TRUST_PROXY: 'loopback',
        RATE_LIMIT: '50',
        METRICS_TOKEN: 'a-token-for-metrics',
      });
      port = await freePort();
      const target = (running.server.server.address() as AddressInfo).port;
      child = await proxy.start(mkdtempSync(join(tmpdir(), `${name}-`)), port, target);
      await vi.waitFor(async () => expect((await call(port, 'GET', '/chat')).status).toBe(200), {
        timeout: 20_000,
        interval: 100,
      });
    });
    afterAll(async () => {
      child?.kill();
      await running.server.close();
    });

    test('the bot knows that the visitor came by https', async () => {
      const { headers } = await call(port, 'GET', '/chat');
      expect(headers['strict-transport-security']).toContain('max-age');
      const { body } = await call(port, 'POST', '/v3/directline/conversations');
      expect((JSON.parse(body) as { streamUrl: string }).streamUrl).toMatch(
        new RegExp(`^wss://${HOST.replaceAll('.', '\\.')}/v3/directline/conversations/`),
      );
    });

    test('a page of the chat itself is an allowed origin', async () => {
      const own = { origin: `https://${HOST}` };
      expect((await call(port, 'POST', '/v3/directline/tokens/generate', own)).status).toBe(200);
      const foreign = { origin: 'https://elsewhere.example' };
      expect((await call(port, 'POST', '/v3/directline/tokens/generate', foreign)).status).toBe(403);
    });

    test('replies come over a WebSocket', async () => {
      const { body } = await call(port, 'POST', '/v3/directline/conversations');
      const { streamUrl } = JSON.parse(body) as { streamUrl: string };
      const socket = new WebSocket(streamUrl.replace(HOST, `${HOST}:${port}`), [], {
        rejectUnauthorized: false,
        lookup: (_host, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
      });
      const frame = await new Promise<string>((resolve, reject) => {
        socket.on('message', (data) => resolve(String(data)));
        socket.on('error', reject);
      });
      socket.terminate();
      expect(frame).toContain('"activities"');
    });

    test('what is for the house only is not there for visitors', async () => {
      for (const path of ['/metrics', '/health', '/health/ready'])
        expect((await call(port, 'GET', path, { authorization: 'Bearer a-token-for-metrics' })).status).toBe(
          404,
        );
    });

    test('a visitor cannot escape the limits by posing as another address', async () => {
      const statuses = new Set<number>();
      for (let i = 0; i < 60; i++) {
        const { status } = await call(port, 'POST', '/v3/directline/tokens/generate', {
          'x-forwarded-for': `203.0.113.${i}`,
        });
        statuses.add(status);
      }
      expect([...statuses]).toContain(429);
    });
  });
}

const ANALYSE = '/usr/bin/systemd-analyze';
const MOST_EXPOSED = 2;
if (!existsSync(ANALYSE)) console.warn('Skipped: the systemd unit, because systemd is not installed.');

describe.runIf(existsSync(ANALYSE))('the systemd unit', () => {
  const unit = join(DEPLOY, 'chatbot.service');

  test('is understood by systemd', () => {
    const folder = mkdtempSync(join(tmpdir(), 'unit-'));
    const copy = join(folder, 'chatbot.service');
    writeFileSync(
      copy,
      readFileSync(unit, 'utf8').replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`),
    );
    expect(execFileSync(ANALYSE, ['verify', copy], { encoding: 'utf8' })).toBe('');
  });

  test('leaves little exposed, as systemd itself measures it', () => {
    const report = execFileSync(ANALYSE, ['security', '--offline=true', '--no-pager', unit], {
      encoding: 'utf8',
    });
    const exposure = Number(/exposure level for \S+: ([\d.]+)/.exec(report)?.[1]);
    expect(exposure).toBeLessThan(MOST_EXPOSED);
  });
});

test('the container file copies what the bot reads when it runs', () => {
  const file = readFileSync(join(ROOT, 'Containerfile'), 'utf8');
  const final = file.slice(file.lastIndexOf('FROM'));
  for (const folder of ['src', 'knowledge', 'locales', 'dist', 'node_modules', '.cache', 'package.json'])
    expect(final).toMatch(new RegExp(`COPY --from=\\w+ /app/${folder.replace('.', '\\.')} `));
});
