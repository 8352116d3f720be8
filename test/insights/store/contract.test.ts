import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSqliteInsights, type InsightStore, openInsights } from '../../../src/insights/index.ts';
import { hasRedis, type RedisServer, startRedis } from '../../../src/load/index.ts';

const one = (value: string, count = 1, locale = 'nl') => ({
  locale,
  measure: 'answer' as const,
  value,
  count,
});
const asked = (text: string, near: readonly string[] = ['grooming.help']) => ({
  locale: 'nl',
  reason: 'asked-back' as const,
  text,
  near,
});

function contract(open: () => Promise<InsightStore>): void {
  let store: InsightStore;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  test('counts of an hour join those of their day once the hour is over', async () => {
    await store.add('2026-11-24T21', [one('grooming.help', 2)], []);
    await store.add('2026-11-24T21', [one('grooming.help'), one('a|b', 1, 'fr')], []);
    await store.settle('2026-11-24T21');
    expect(await store.counts('2026-11-24', '2026-11-24')).toEqual([]);
    await store.settle('2026-11-24T22');
    await store.settle('2026-11-24T22');
    await store.add('2026-11-24T22', [one('grooming.help', 4)], []);
    await store.settle('2026-11-24T23');
    const counts = await store.counts('2026-11-24', '2026-11-24');
    expect(counts.toSorted((a, b) => a.count - b.count)).toEqual([
      { day: '2026-11-24', ...one('a|b', 1, 'fr') },
      { day: '2026-11-24', ...one('grooming.help', 7) },
    ]);
    expect(await store.firstDay()).toBe('2026-11-24');
  });

  test('counts are read between two days, both included', async () => {
    for (const day of ['2026-12-01', '2026-12-02', '2026-12-03'])
      await store.add(`${day}T10`, [one('x')], []);
    await store.settle('2026-12-04T00');
    const days = (await store.counts('2026-12-01', '2026-12-02')).map(({ day }) => day);
    expect(days.sort()).toEqual(['2026-12-01', '2026-12-02']);
  });

  test('the same question of a day is kept once, with how often', async () => {
    await store.add('2026-11-20T10', [one('x')], [asked('hoe lang duurt dat'), asked('hoe lang duurt dat')]);
    await store.add('2026-11-21T10', [one('x')], [asked('hoe lang duurt dat'), asked('iets anders')]);
    const kept = await store.questions();
    expect(kept.map(({ day, text, count }) => `${day} ${text} ${count}`).sort()).toEqual([
      '2026-11-20 hoe lang duurt dat 2',
      '2026-11-21 hoe lang duurt dat 1',
      '2026-11-21 iets anders 1',
    ]);
    expect(kept[0]?.near).toEqual(['grooming.help']);
    await store.eraseQuestions('nl', ['hoe lang duurt dat']);
    expect((await store.questions()).map(({ text }) => text)).toEqual(['iets anders']);
  });

  test('what is too old is erased', async () => {
    await store.add('2025-01-01T10', [one('x')], [asked('oud')]);
    await store.settle('2025-01-01T11');
    await store.eraseBefore({ questions: '2026-01-01', counts: '2026-01-01' });
    expect((await store.questions()).map(({ text }) => text)).not.toContain('oud');
    expect(await store.counts('2025-01-01', '2025-12-31')).toEqual([]);
  });

  test('a campaign is made once', async () => {
    expect(await store.addCampaign({ name: 'poster', added: '2026-11-24' })).toBe(true);
    expect(await store.addCampaign({ name: 'poster', added: '2026-11-25' })).toBe(false);
    expect(await store.campaigns()).toEqual([{ name: 'poster', added: '2026-11-24' }]);
  });
}

describe('counts in SQLite', () => {
  contract(async () => createSqliteInsights(':memory:'));

  test('are in a file for this user only, and are there after a restart', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'insights-')), 'insights.sqlite');
    const before = createSqliteInsights(file);
    await before.add('2026-11-24T21', [one('x', 3)], []);
    await before.close();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const after = createSqliteInsights(file);
    await after.settle('2026-11-24T22');
    expect(await after.counts('2026-11-24', '2026-11-24')).toEqual([{ day: '2026-11-24', ...one('x', 3) }]);
    await after.close();
  });
});

if (!hasRedis()) console.warn('Skipped: counts in Redis, because redis-server is not installed.');

describe.skipIf(!hasRedis())('counts in Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  contract(() => openInsights({ kind: 'redis', urls: redis.url }));

  test('of several instances add up, also when both close the hour', async () => {
    const [here, there] = await Promise.all(
      [1, 2].map(() => openInsights({ kind: 'redis', urls: redis.url })),
    );
    if (!here || !there) throw new Error('no stores');
    await Promise.all([
      here.add('2027-01-01T10', [one('x', 3)], []),
      there.add('2027-01-01T10', [one('x', 4)], []),
    ]);
    await Promise.all([here.settle('2027-01-01T11'), there.settle('2027-01-01T11')]);
    expect(await there.counts('2027-01-01', '2027-01-01')).toEqual([{ day: '2027-01-01', ...one('x', 7) }]);
    await Promise.all([here.close(), there.close()]);
  });
});
