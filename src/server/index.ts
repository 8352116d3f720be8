export { createServer, type ServerDeps } from './createServer.ts';
export { tokenSecret } from './secrets.ts';
