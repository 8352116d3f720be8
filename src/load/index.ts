export { type Chat, openChat } from './chat.ts';
export { freePort } from './freePort.ts';
export { type Answer, call, newAgent } from './http.ts';
export { type KillReport, killUnderLoad, seededRandom } from './killing.ts';
export { hasRedis, type RedisServer, startRedis } from './redisServer.ts';
export { type Ended, type ServerProcess, type ServerSettings, startProcess } from './serverProcess.ts';
