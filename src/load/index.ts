export { freePort } from './freePort.ts';
export { hasRedis, type RedisServer, startRedis } from './redisServer.ts';
