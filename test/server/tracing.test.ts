/** Traces as a collector receives them: over HTTP, from a real exporter. */
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../helpers.ts';
import { begin, type Visitor } from './client.ts';

interface ReceivedSpan {
  readonly name: string;
  readonly spanId: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}

const received: ReceivedSpan[] = [];
let raw = '';
let collector: Server;
let visitor: Visitor;

beforeAll(async () => {
  collector = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const json = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
      raw += `${request.url}\n${json}`;
      const { resourceSpans } = JSON.parse(json) as {
        resourceSpans: { scopeSpans: { spans: ReceivedSpan[] }[] }[];
      };
      received.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  const { server, url } = await startServer({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    TRUST_PROXY: 'loopback',
  });
  visitor = await begin(url, 'en', {
    'x-forwarded-for': '203.0.113.9',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  });
  await visitor.send('my name is Rosalind, what is grooming?');
  await fetch(`${url}/health/ready`);
  await server.close();
});
afterAll(() => {
  collector.close();
});

const named = (name: string) => received.filter((span) => span.name === name);
const only = (name: string): ReceivedSpan => {
  const [span, ...more] = named(name);
  if (!span || more.length > 0) throw new Error(`${name}: ${more.length + 1} spans`);
  return span;
};
/** Times are sums of fractions of a millisecond: nanoseconds by which they may differ. */
const ROUNDING = 2000;
const SEND = 'POST /v3/directline/conversations/:conversationId/activities';

describe('a trace', () => {
  test('shows the turn in its request, and the stages in their turn, one after the other', () => {
    const [request, turn] = [only(SEND), only('turn')];
    expect(turn.parentSpanId).toBe(request.spanId);
    let end = turn.startTimeUnixNano;
    for (const stage of ['understanding', 'conversation', 'rendering'].map(only)) {
      expect(stage.parentSpanId).toBe(turn.spanId);
      expect(Math.abs(Number(BigInt(stage.startTimeUnixNano) - BigInt(end)))).toBeLessThan(ROUNDING);
      end = stage.endTimeUnixNano;
    }
    expect(BigInt(request.endTimeUnixNano)).toBeGreaterThan(BigInt(end));
  });

  test('shows what the store did for the request', () => {
    const request = only(SEND);
    const children = received.filter(({ parentSpanId }) => parentSpanId === request.spanId);
    expect(children.map(({ name }) => name)).toEqual(expect.arrayContaining(['store append', 'store open']));
  });

  test('says the route, the method and the status, and nothing else', () => {
    const keys = new Set(received.flatMap(({ attributes }) => attributes.map(({ key }) => key)));
    expect([...keys].sort()).toEqual(['http.request.method', 'http.response.status_code', 'http.route']);
  });

  test('holds no word, token, address or conversation, and no trace of the visitor’s own', () => {
    expect(raw).toContain('/v1/traces');
    for (const secret of [
      'Rosalind',
      'grooming',
      '203.0.113.9',
      visitor.token,
      visitor.conversationId,
      '0af7651916cd43dd8448eb211c80319c',
    ])
      expect(raw).not.toContain(secret);
  });

  test('is not made of health checks', () => {
    expect(received.filter(({ name }) => name.includes('health'))).toEqual([]);
  });
});
