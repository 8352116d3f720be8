import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort, hasRedis, type RedisServer, startRedis } from '../../src/load/index.ts';
import { type ConversationStore, createRedisStore, type StoreChange } from '../../src/storage/index.ts';

if (!hasRedis()) console.warn('Skipped: tests on a Redis Cluster, because redis-server is not installed.');
const promises = test.skipIf(!hasRedis());
const turn = (text: string) => ({ activities: [Buffer.from(text)], state: Buffer.from('state') });
const nodes: RedisServer[] = [];
const stores: ConversationStore[] = [];
const closing: Redis[] = [];

beforeAll(async () => {
  if (!hasRedis()) return;
  for (let i = 0; i < 2; i++) {
    nodes.push(await startRedis(['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())]));
  }
  const admins = nodes.map(({ url }) => new Redis(url));
  const [first, second] = admins;
  await first?.call('CLUSTER', 'ADDSLOTSRANGE', '0', '8191');
  await second?.call('CLUSTER', 'ADDSLOTSRANGE', '8192', '16383');
  const [info] = [String(await second?.call('CLUSTER', 'NODES'))];
  const busPort = /@(\d+)/.exec(info)?.[1] ?? '';
  await first?.call('CLUSTER', 'MEET', '127.0.0.1', String(nodes[1]?.port), busPort);
  closing.push(...admins);
  for (const admin of admins) {
    await vi.waitFor(
      async () => expect(String(await admin.call('CLUSTER', 'INFO'))).toContain('cluster_state:ok'),
      { timeout: 20_000, interval: 100 },
    );
  }
  const urls = nodes.map(({ url }) => url).join(',');
  stores.push(await createRedisStore(urls), await createRedisStore(urls));
});
afterAll(async () => {
  for (const admin of closing) admin.disconnect();
  for (const store of stores) await store.close();
  for (const node of nodes) await node.stop();
});

promises('on a cluster each chat lies on one node, and chats on all of them', async () => {
  const [store] = stores;
  for (let i = 0; i < 40; i++) {
    await store?.create(`c${i}`, turn('welcome'));
    expect(await store?.append(`c${i}`, turn('more'), 1)).toEqual({ kind: 'appended', first: 2, last: 2 });
    expect((await store?.read(`c${i}`, 0, 10))?.activities).toHaveLength(2);
  }
  for (const { url } of nodes) {
    const admin = new Redis(url);
    expect(Number(await admin.dbsize())).toBeGreaterThan(10);
    await admin.quit();
  }
});

promises('on a cluster any instance hears of what another one kept', async () => {
  const [here, there] = stores;
  const heard = new Set<string>();
  there?.subscribe((change: StoreChange) => {
    if (change.kind === 'appended') heard.add(change.conversationId);
  });
  const ids = ['x', 'y', 'z', 'q'];
  for (const id of ids) await here?.create(id, turn('welcome'));
  await expect
    .poll(
      async () => {
        for (const id of ids) {
          const { version = 0 } = (await here?.open(id)) ?? {};
          await here?.append(id, turn('more'), version);
        }
        return heard.size;
      },
      { timeout: 20_000 },
    )
    .toBe(ids.length);
});
