import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../src/storage/index.ts';
import { startServer } from '../helpers.ts';

async function health(url: string, path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}${path}`);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { status: response.status, body: await response.json() };
}

describe('health', () => {
  test('is ready with its parts named, and nothing about the inside', async () => {
    const { server, url } = await startServer();
    expect(await health(url, '/health/ready')).toEqual({
      status: 200,
      body: { status: 'ok', parts: { store: 'ok', knowledge: 'ok' } },
    });
    expect(await health(url, '/health/live')).toEqual({ status: 200, body: { status: 'ok' } });
    await server.close();
  });

  test.each<[string, () => Promise<void>]>([
    ['fails', () => Promise.reject(new Error('redis://user:password@10.0.0.5 is gone'))],
    ['does not answer', () => new Promise(() => undefined)],
  ])(
    'is not ready while the store %s: no visitors are sent here, but the process is not restarted',
    async (_name, check) => {
      const { server, url } = await startServer({}, { store: { ...createMemoryStore(), check } });
      const ready = await health(url, '/health/ready');
      expect(ready).toEqual({
        status: 503,
        body: { status: 'failed', parts: { store: 'failed', knowledge: 'ok' } },
      });
      expect((await health(url, '/health')).status).toBe(200);
      expect((await health(url, '/health/live')).status).toBe(200);
      await server.close();
    },
  );
});
