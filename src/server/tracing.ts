import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { StageTimes } from '../brain.ts';
import type { Watcher } from './observability.ts';

const SERVICE = 'child-focus-chatbot';
const STAGES = ['understanding', 'conversation', 'rendering'] as const;
const UNSEEN = ['/health', '/metrics'];
const FIRST_FAULT_OF_OURS = 500;

/**
 * Traces for an OpenTelemetry collector: a request, the turn in it, its stages, the operations of the store. A span says
 * which route, how long and whether it failed: never a word, an address, an id, or which answer was given. Trace headers
 * of visitors are not taken over: they would tie a chat to something outside.
 *
 * @param endpoint base address of a collector that takes OTLP over HTTP
 */
export function createTracing(endpoint: string): Watcher {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': process.env.OTEL_SERVICE_NAME ?? SERVICE }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer(SERVICE);
  const current = new AsyncLocalStorage<Context>();
  const requests = new WeakMap<FastifyRequest, Span>();

  /** A span that is over already; times in milliseconds of `performance.now()`. */
  function record(name: string, parent: Context, startedAt: number, took: number, failed = false): Span {
    const startTime = performance.timeOrigin + startedAt;
    const span = tracer.startSpan(name, { startTime }, parent);
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(startTime + took);
    return span;
  }

  function recordTurn(parent: Context, times: StageTimes): void {
    const whole = STAGES.reduce((sum, stage) => sum + times[stage], 0);
    const turn = trace.setSpan(parent, record('turn', parent, times.startedAt, whole));
    let at = times.startedAt;
    for (const stage of STAGES) {
      record(stage, turn, at, times[stage]);
      at += times[stage];
    }
  }

  function watchRequests(server: FastifyInstance): void {
    server.addHook('onRequest', async (request) => {
      const route = request.routeOptions.url ?? 'unknown';
      // A stream stays open for as long as the chat: what happens in it belongs to other requests.
      if (request.ws || UNSEEN.some((path) => route.startsWith(path))) return;
      const attributes = { 'http.request.method': request.method, 'http.route': route };
      const kind = SpanKind.SERVER;
      requests.set(
        request,
        tracer.startSpan(`${request.method} ${route}`, { kind, attributes }, ROOT_CONTEXT),
      );
    });
    // Not earlier: reading the body loses the context.
    server.addHook('preHandler', (request, _reply, done) => {
      const span = requests.get(request);
      if (span) current.run(trace.setSpan(ROOT_CONTEXT, span), done);
      else done();
    });
    server.addHook('onResponse', async (request, reply) => {
      const span = requests.get(request);
      span?.setAttribute('http.response.status_code', reply.statusCode);
      if (reply.statusCode >= FIRST_FAULT_OF_OURS) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
    });
    server.addHook('onClose', () => provider.shutdown());
  }

  return {
    observe(events) {
      const parent = current.getStore();
      if (!parent) return;
      for (const event of events) if (event.kind === 'answered') recordTurn(parent, event.turn.times);
    },
    onStore({ operation, startedAt, took, failed }) {
      const parent = current.getStore();
      if (parent) record(`store ${operation}`, parent, startedAt, took, failed);
    },
    register: watchRequests,
  };
}
