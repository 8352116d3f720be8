import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileRoster, hashToken } from '../../src/staff/index.ts';
import { type RunningServer, startServer } from '../helpers.ts';

let running: RunningServer;
let folder: string;
let roster: FileRoster;
let token: string;
let clock = Date.now();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'staff-'));
  roster = new FileRoster(folder);
  token = await roster.add('An', '2026-11-24');
  running = await startServer({}, { dataFolder: folder, now: () => clock });
});
afterAll(() => running.server.close());

interface Sent {
  readonly cookie?: string;
  readonly origin?: string;
  readonly address?: string;
}

const post = (path: string, form: Record<string, string>, { cookie, origin, address }: Sent = {}) =>
  running.server.inject({
    method: 'POST',
    url: path,
    headers: {
      host: 'chat.example',
      'content-type': 'application/x-www-form-urlencoded',
      origin: origin ?? 'http://chat.example',
      ...(cookie !== undefined && { cookie }),
    },
    remoteAddress: address ?? '10.0.0.1',
    payload: new URLSearchParams(form).toString(),
  });
const get = (path: string, cookie?: string, language = 'nl') =>
  running.server.inject({
    url: path,
    headers: { host: 'chat.example', 'accept-language': language, ...(cookie !== undefined && { cookie }) },
  });
const cookieOf = (response: Awaited<ReturnType<typeof post>>) =>
  String(response.headers['set-cookie'] ?? '').split(';')[0] ?? '';
const signIn = async (next = '/staff') =>
  cookieOf(await post('/staff/sign-in?lang=nl', { token, next }, { address: `10.1.${Math.random()}` }));

describe('signing in', () => {
  test('the right code opens a session of eight hours in a cookie that scripts and other sites do not get', async () => {
    const response = await post('/staff/sign-in', { token: ` ${token}\n`, next: '/insights?from=2026' });
    expect(response.statusCode).toBe(303);
    expect(response.headers.location).toBe('/insights?from=2026');
    expect(response.headers['set-cookie']).toMatch(
      /^staff=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=28800$/,
    );
    expect((await get('/staff', cookieOf(response))).body).toContain('An');
  });

  test('a wrong code is refused, in the language of the reader, without a cookie', async () => {
    const response = await post('/staff/sign-in?lang=fr', { token: 'staff_guess' }, { address: '10.0.0.2' });
    expect(response.statusCode).toBe(401);
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(response.body).toContain('<html lang="fr">');
    expect(response.body).toContain('role="alert"');
  });

  test('after ten attempts of one address there is a pause, even for the right code', async () => {
    const codes: number[] = [];
    for (let i = 0; i < 11; i++)
      codes.push((await post('/staff/sign-in', { token: 'x' }, { address: '10.0.0.3' })).statusCode);
    expect(codes).toEqual([...Array(10).fill(401), 429]);
    expect((await post('/staff/sign-in', { token }, { address: '10.0.0.3' })).statusCode).toBe(429);
  });

  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'nobody is led to another site afterwards (%s)',
    async (next) => {
      const { headers } = await post('/staff/sign-in', { token, next }, { address: `a${next}` });
      expect(headers.location).toBe('/staff');
    },
  );

  test('a form of another site is refused', async () => {
    const response = await post('/staff/sign-in', { token }, { origin: 'https://evil.example' });
    expect(response.statusCode).toBe(403);
    const cookie = await signIn();
    expect((await post('/staff/sign-out', {}, { cookie, origin: 'https://evil.example' })).statusCode).toBe(
      403,
    );
  });

  test('markup in the address is shown as text', async () => {
    const response = await get('/staff?next="><script>alert(1)</script>');
    expect(response.body).not.toContain('<script');
  });
});

describe('a session', () => {
  test('ends after eight hours', async () => {
    const cookie = await signIn();
    const before = clock;
    clock += 8 * 3600_000 + 1000;
    expect((await get('/staff', cookie)).statusCode).toBe(401);
    clock = before;
    expect((await get('/staff', cookie)).statusCode).toBe(200);
  });

  test('ends at once when its member is removed, and stays ended when the name comes back', async () => {
    const code = await roster.add('Bert', '2026-11-24');
    const cookie = cookieOf(await post('/staff/sign-in', { token: code }, { address: '10.0.0.5' }));
    expect((await get('/staff', cookie)).statusCode).toBe(200);
    await roster.remove('Bert');
    expect((await get('/staff', cookie)).statusCode).toBe(401);
    await roster.add('Bert', '2026-11-24');
    expect((await get('/staff', cookie)).statusCode).toBe(401);
  });

  test('is not opened by a forged or foreign signature', async () => {
    const cookie = await signIn();
    expect((await get('/staff', `${cookie.slice(0, -4)}AAAA`)).statusCode).toBe(401);
    expect((await get('/staff', 'staff=not.a.token')).statusCode).toBe(401);
  });

  test('keeps the language that the member chose', async () => {
    const cookie = await signIn();
    const changed = await post('/staff/language', { locale: 'fr', next: '/staff' }, { cookie });
    expect(changed.headers.location).toBe('/staff');
    expect((await get('/staff', cookieOf(changed), 'en')).body).toContain('<html lang="fr">');
  });

  test('ends by signing out', async () => {
    const cookie = await signIn();
    const out = await post('/staff/sign-out', {}, { cookie });
    expect(out.headers['set-cookie']).toContain('Max-Age=0');
  });
});

test('visitors never get a cookie, from the chat or from the sign-in page', async () => {
  for (const path of ['/', '/chat', '/chat/config.json', '/staff', '/health/live'])
    expect((await get(path)).headers['set-cookie']).toBeUndefined();
});

test('the pages allow no inline script, no foreign content and no frame around them', async () => {
  const { headers, body } = await get('/staff');
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(body).not.toMatch(/<script|style=|\son\w+=/);
});

test('behind https the cookie is for https only', async () => {
  const proxied = await startServer({ TRUST_PROXY: 'loopback' }, { dataFolder: folder });
  const response = await proxied.server.inject({
    method: 'POST',
    url: '/staff/sign-in',
    headers: {
      host: 'chat.example',
      origin: 'https://chat.example',
      'x-forwarded-proto': 'https',
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: new URLSearchParams({ token }).toString(),
  });
  expect(response.headers['set-cookie']).toMatch(/^__Host-staff=.*; Path=\/; .*; Secure$/);
  await proxied.server.close();
});

test('without any staff member the page says how to add one', async () => {
  const empty = await startServer({}, { dataFolder: await mkdtemp(join(tmpdir(), 'staff-')) });
  const { body } = await empty.server.inject({ url: '/staff' });
  expect(body).toContain('npm run staff add');
  await empty.server.close();
});

test('members may come from the environment, as hashes', async () => {
  const contained = await startServer(
    { STAFF_TOKEN_HASHES: `An:${hashToken('staff_contained')}` },
    { dataFolder: join(tmpdir(), 'nothing-here') },
  );
  const response = await contained.server.inject({
    method: 'POST',
    url: '/staff/sign-in',
    headers: {
      host: 'chat.example',
      origin: 'http://chat.example',
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: 'token=staff_contained',
  });
  expect(response.statusCode).toBe(303);
  await contained.server.close();
});

test('the list holds hashes only, for this user only', async () => {
  const file = join(folder, 'staff.json');
  const text = await readFile(file, 'utf8');
  expect(text).toContain(hashToken(token));
  expect(text).not.toContain(token);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
