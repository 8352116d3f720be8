import { expect, test } from 'vitest';
import { type Costs, type Crowd, fullestShard, keySlot, planFor } from '../../src/load/index.ts';

const costs: Costs = {
  memoryPerChat: 20_000,
  memoryBefore: 200e6,
  cpuPerTurn: 2,
  redisCpuPerTurn: 0.1,
  redisMemoryPerChat: 8000,
};
const crowd: Crowd = {
  chatsPerDay: 1_000_000,
  busiestHour: 0.15,
  burst: 2,
  turnsPerChat: 6,
  minutesOpen: 10,
  sessionMinutes: 30,
};

test('a plan follows from what one chat and one turn cost', () => {
  const plan = planFor(costs, crowd);
  // 1,000,000 × 0.15 × 2 in an hour: 83 chats and 500 turns a second.
  expect(plan.turnsPerSecond).toBeCloseTo(500);
  expect(plan.socketsOpen).toBe(50_000);
  expect(plan.chatsKept).toBe(200_000);
  // Two cores' worth of turns and five instances' worth of streams, and one to spare.
  expect(plan.cores).toBeCloseTo(2);
  expect(plan.instances).toBe(6);
  expect(plan.memoryPerInstance).toBeCloseTo(200e6 + 10_000 * 20_000);
  expect(plan.redisShards).toBe(1);
});

test('twice the crowd never needs less', () => {
  const [one, two] = [planFor(costs, crowd), planFor(costs, { ...crowd, chatsPerDay: 2_000_000 })];
  expect(two.instances).toBeGreaterThan(one.instances);
  expect(two.redisMemoryPerShard * two.redisShards).toBeGreaterThan(
    one.redisMemoryPerShard * one.redisShards,
  );
});

test('slots are those of the Redis Cluster specification, and of the hash tag only', () => {
  expect(keySlot('123456789')).toBe(0x31c3);
  expect(keySlot('chat:{a}')).toBe(keySlot('chat:{a}:activities'));
});

test('chats spread evenly over the shards of a cluster', () => {
  expect(fullestShard(30_000, 3)).toBeLessThan(0.05);
});
