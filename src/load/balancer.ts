import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A plain TCP balancer: each connection goes to the next server that takes it. */
export interface Balancer {
  readonly url: string;
  close(): void;
}

export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const open = new Set<Socket>();
  let turn = 0;

  function join(client: Socket, triesLeft: number): void {
    const server = connect(ports[turn++ % ports.length] ?? 0, '127.0.0.1');
    server.once('error', () => {
      if (server.connecting === false && server.bytesRead > 0) client.destroy();
      else if (triesLeft > 0 && !client.destroyed) join(client, triesLeft - 1);
      else client.destroy();
    });
    server.once('connect', () => {
      client.pipe(server).pipe(client);
      client.once('close', () => server.destroy());
      server.once('close', () => client.destroy());
    });
  }

  const listener = createServer({ noDelay: true }, (client) => {
    open.add(client);
    client.once('close', () => open.delete(client));
    client.on('error', () => client.destroy());
    join(client, ports.length);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    close() {
      listener.close();
      for (const client of open) client.destroy();
    },
  };
}
