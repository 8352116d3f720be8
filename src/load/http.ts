import { Agent, request } from 'node:http';

/** A response read to its end; status 0 where there was none. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface HttpCall {
  readonly method: string;
  readonly url: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly agent: Agent;
}

const GIVE_UP = 20_000;

export function newAgent(connections: number): Agent {
  return new Agent({ keepAlive: true, maxSockets: connections });
}

/** One request. A broken connection is an answer with status 0, not an error: faults are what is looked at. */
export function call({ method, url, token, body, agent }: HttpCall): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve) => {
    const nothing = (): void => resolve({ status: 0, headers: {}, body: '' });
    const outgoing = request(
      url,
      {
        method,
        agent,
        timeout: GIVE_UP,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(text !== undefined && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
          }),
        },
      },
      (response) => {
        let received = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          received += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: received }),
        );
        response.on('error', nothing);
        response.on('aborted', nothing);
      },
    );
    outgoing.on('error', nothing);
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.end(text);
  });
}
