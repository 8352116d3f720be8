import { randomUUID } from 'node:crypto';
import { keySlot, SLOTS } from './keySlot.ts';

/** What one chat and one turn cost, as measured (`docs/capacity.json`). Bytes and milliseconds. */
export interface Costs {
  readonly memoryPerChat: number;
  readonly memoryBefore: number;
  readonly cpuPerTurn: number;
  readonly redisCpuPerTurn: number;
  readonly redisMemoryPerChat: number;
}

/** What is expected of people. */
export interface Crowd {
  readonly chatsPerDay: number;
  /** Share of the day's chats that begin in its busiest hour. */
  readonly busiestHour: number;
  /** How much busier the busiest minute is than the mean of that hour. */
  readonly burst: number;
  readonly turnsPerChat: number;
  /** Minutes that a page stays open. */
  readonly minutesOpen: number;
  /** Minutes of silence after which a chat is erased. */
  readonly sessionMinutes: number;
}

export interface Plan {
  readonly turnsPerSecond: number;
  readonly socketsOpen: number;
  readonly chatsKept: number;
  readonly cores: number;
  readonly instances: number;
  /** Bytes for each instance. */
  readonly memoryPerInstance: number;
  readonly redisShards: number;
  /** Bytes for each shard. */
  readonly redisMemoryPerShard: number;
  /** Messages a second that each shard passes on to its neighbours and to the instances. */
  readonly notices: number;
}

/** No processor is planned to be busier than this: the rest is for bursts, and for an instance that is lost. */
const MOST_BUSY = 0.5;
/** Sockets of one instance, as measured. */
const MOST_SOCKETS = 10_000;
/** Redis needs room to rewrite its file and to move keys. */
const REDIS_ROOM = 2;
const REDIS_SHARD_BYTES = 4e9;

export function planFor(costs: Costs, crowd: Crowd): Plan {
  const chatsPerSecond = (crowd.chatsPerDay * crowd.busiestHour * crowd.burst) / 3600;
  const turnsPerSecond = chatsPerSecond * crowd.turnsPerChat;
  const socketsOpen = Math.ceil(chatsPerSecond * 60 * crowd.minutesOpen);
  const chatsKept = Math.ceil(chatsPerSecond * 60 * (crowd.minutesOpen + crowd.sessionMinutes));
  const cores = (turnsPerSecond * costs.cpuPerTurn) / 1000 / MOST_BUSY;
  // One more, so that any of them may be lost or replaced.
  const instances = Math.max(Math.ceil(cores), Math.ceil(socketsOpen / MOST_SOCKETS)) + 1;
  const redisBytes = chatsKept * costs.redisMemoryPerChat * REDIS_ROOM;
  const redisCores = (turnsPerSecond * costs.redisCpuPerTurn) / 1000 / MOST_BUSY;
  const redisShards = Math.max(1, Math.ceil(redisCores), Math.ceil(redisBytes / REDIS_SHARD_BYTES));
  return {
    turnsPerSecond,
    socketsOpen,
    chatsKept,
    cores,
    instances,
    memoryPerInstance: costs.memoryBefore + (socketsOpen / (instances - 1)) * costs.memoryPerChat,
    redisShards,
    redisMemoryPerShard: redisBytes / redisShards,
    notices: turnsPerSecond,
  };
}

/** Where the keys of so many chats come to lie on so many shards: by how much the fullest exceeds the mean. */
export function fullestShard(chats: number, shards: number): number {
  const counts = new Array<number>(shards).fill(0);
  for (let i = 0; i < chats; i++) {
    const shard = Math.floor((keySlot(`chat:{${randomUUID()}}`) * shards) / SLOTS);
    counts[shard] = (counts[shard] ?? 0) + 1;
  }
  return Math.max(...counts) / (chats / shards) - 1;
}
