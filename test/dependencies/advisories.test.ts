import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { askForAdvisories } from '../../src/dependencies/index.ts';

const LINE = 'high      fragile 1.0.0: It breaks, https://registry.example/advisories/1';
const ADVISORY = {
  id: 1,
  url: 'https://registry.example/advisories/1',
  title: 'It breaks',
  severity: 'high',
  vulnerable_versions: '<2.0.0',
};

/** What the registry says of the package itself: npm tells from it which versions are meant. */
const PACKAGE = {
  name: 'fragile',
  'dist-tags': { latest: '2.0.0' },
  versions: {
    '1.0.0': { name: 'fragile', version: '1.0.0' },
    '2.0.0': { name: 'fragile', version: '2.0.0' },
  },
};

/** Answers as npm's registry does: by a list for the packages that were asked about, or with a refusal. */
type Answer = { readonly status: number; readonly body: object };

const ended: (() => Promise<unknown>)[] = [];

async function startRegistry({ status, body }: Answer): Promise<void> {
  const registry: Server = createServer((request, response) => {
    const isBulk = request.method === 'POST' && request.url === '/-/npm/v1/security/advisories/bulk';
    const isPackage = request.method === 'GET' && request.url === '/fragile';
    request.resume();
    response.setHeader('content-type', 'application/json');
    if (isBulk) response.writeHead(status).end(JSON.stringify(body));
    else if (isPackage) response.end(JSON.stringify(PACKAGE));
    else response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => void registry.listen(0, '127.0.0.1', resolve));
  ended.push(() => new Promise((resolve) => void registry.close(resolve)));
  vi.stubEnv('npm_config_registry', `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`);
}

/** A project that uses `fragile` 1.0.0 in production. */
async function makeProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'advisories-'));
  ended.push(() => rm(folder, { recursive: true }));
  const dependencies = { fragile: '1.0.0' };
  const fragile = { version: '1.0.0', resolved: 'https://registry.example/fragile-1.0.0.tgz' };
  const project = { name: 'project', version: '1.0.0' };
  const lock = { ...project, lockfileVersion: 3, requires: true };
  const packages = { '': { ...project, dependencies }, 'node_modules/fragile': fragile };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...project, dependencies }));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages }));
  return folder;
}

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const end of ended.splice(0)) await end();
});

describe('known advisories, asked of a registry by npm itself,', () => {
  test('are listed with their severity, package, versions, and where to read on', async () => {
    await startRegistry({ status: 200, body: { fragile: [ADVISORY] } });
    const found = { kind: 'found', lines: [LINE] };
    expect(await askForAdvisories(await makeProject())).toEqual(found);
  });

  test('are none where the registry knows of none', async () => {
    await startRegistry({ status: 200, body: {} });
    expect(await askForAdvisories(await makeProject())).toEqual({ kind: 'none' });
  });

  test('are unknown, with the reason, where the registry does not answer that question', async () => {
    await startRegistry({ status: 405, body: {} });
    const advisories = await askForAdvisories(await makeProject());
    expect(advisories.kind).toBe('unknown');
    expect(advisories).toHaveProperty('reason', expect.stringContaining('405'));
  });
});
