export { type Chat, openChat } from './chat.ts';
export { freePort } from './freePort.ts';
export { type Answer, call, newAgent } from './http.ts';
export { type Instances, severalInstances } from './instances.ts';
export { keySlot, SLOTS } from './keySlot.ts';
export { type KillReport, killUnderLoad } from './killing.ts';
export { type ChatMemory, chatMemory, type ManyChats, manyChats } from './manyChats.ts';
export { type Costs, type Crowd, fullestShard, type Plan, planFor } from './plan.ts';
export { hasRedis, type RedisServer, startRedis } from './redisServer.ts';
export {
  ECHO,
  type Ended,
  type ServerProcess,
  type ServerSettings,
  startProcess,
  UNLIMITED,
} from './serverProcess.ts';
export { type Soak, soak } from './soak.ts';
export { percentile, slope } from './statistics.ts';
export { type Turns, turnsOf } from './turns.ts';
