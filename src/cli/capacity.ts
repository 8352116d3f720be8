/**
 * `npm run capacity`: how many instances and which Redis a crowd needs, from the costs measured by `npm run load` and
 * kept in `docs/capacity.json`. `-- --chats 1000000 --turns 6 --minutes 10` for another crowd.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ChatMemory,
  type Costs,
  type Crowd,
  fullestShard,
  type Instances,
  type ManyChats,
  planFor,
  SLOTS,
} from '../load/index.ts';
import { readCall } from './call.ts';
import { ROOT } from './open.ts';

const { values } = readCall(
  `Use: npm run capacity [-- --chats 1000000] [--turns 6] [--minutes 10]
Chats a day (several: 10000,1000000), messages in each, minutes that each lasts. Plans from the costs in docs/capacity.json.`,
  {
    chats: { type: 'string', default: '10000,100000,1000000' },
    turns: { type: 'string', default: '6' },
    minutes: { type: 'string', default: '10' },
  },
);
const SHARDS_SHOWN = 3;
const CHATS_SIMULATED = 100_000;

interface Measured {
  readonly chats?: ChatMemory & ManyChats;
  readonly instances?: { readonly runs: readonly Instances[] };
}

const text = await readFile(join(ROOT, 'docs', 'capacity.json'), 'utf8').catch(() => '{}');
const { chats, instances } = JSON.parse(text) as Measured;
const several = instances?.runs.at(-1);
if (!chats || !several) {
  console.error(
    'docs/capacity.json does not hold all costs yet. Measure on a quiet machine:\n  npm run load -- --save && npm run load -- instances --save',
  );
  process.exit(2);
}
const costs: Costs = {
  memoryPerChat: chats.memoryPerChat,
  memoryBefore: chats.memoryBefore,
  // The dearer of the two: with SQLite on one machine, and with Redis on several.
  cpuPerTurn: Math.max(chats.cpuPerTurn, several.cpuPerTurn),
  redisCpuPerTurn: several.redisCpuPerTurn,
  redisMemoryPerChat: several.redisMemoryPerChat,
};
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

console.log(
  '| chats a day | turns a second, busiest minute | open streams | chats kept | instances (one core each) | memory of each | Redis shards | memory of each |',
);
console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
for (const chatsPerDay of values.chats.split(',').map(Number)) {
  const crowd: Crowd = {
    chatsPerDay,
    busiestHour: 0.15,
    burst: 2,
    turnsPerChat: Number(values.turns),
    minutesOpen: Number(values.minutes),
    sessionMinutes: 30,
  };
  const plan = planFor(costs, crowd);
  console.log(
    `| ${chatsPerDay} | ${plan.turnsPerSecond.toFixed(0)} | ${plan.socketsOpen} | ${plan.chatsKept} | ${plan.instances} | ${megabytes(plan.memoryPerInstance)} | ${plan.redisShards} | ${megabytes(plan.redisMemoryPerShard)} |`,
  );
}
console.log(`
Costs measured: ${(costs.memoryPerChat / 1000).toFixed(1)} kB for an open chat, ${costs.cpuPerTurn.toFixed(2)} ms of processor for a turn; in Redis ${(costs.redisMemoryPerChat / 1000).toFixed(1)} kB for a chat kept, ${costs.redisCpuPerTurn.toFixed(3)} ms for a turn.
Layout on a cluster of ${SHARDS_SHOWN} shards: slots ${Array.from({ length: SHARDS_SHOWN }, (_, i) => `${Math.ceil((i * SLOTS) / SHARDS_SHOWN)}–${Math.ceil(((i + 1) * SLOTS) / SHARDS_SHOWN) - 1}`).join(', ')}; of ${CHATS_SIMULATED} chats laid out by their ids, the fullest shard holds ${(100 * fullestShard(CHATS_SIMULATED, SHARDS_SHOWN)).toFixed(1)} % more than the mean.`);
