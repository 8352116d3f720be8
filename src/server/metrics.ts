import { timingSafeEqual } from 'node:crypto';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { BotEvent } from '../bot/index.ts';
import { FALLBACK } from '../knowledge/index.ts';
import type { Watcher } from './observability.ts';

const SECOND = 1000;
/** Seconds. A stage takes parts of a millisecond, the store milliseconds, a request over a slow phone more. */
const STAGE_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05];
const REQUEST_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** All the measures, by what they are about. Their names are what dashboards rely on. */
function createMeasures(registry: Registry) {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: number[],
  ) => new Histogram({ name, help, labelNames, buckets, registers });
  return {
    requests: histogram(
      'chatbot_request_seconds',
      'Requests by route pattern, method and status.',
      ['route', 'method', 'status'],
      REQUEST_BUCKETS,
    ),
    stages: histogram('chatbot_turn_stage_seconds', 'Stages of a turn.', ['stage'], STAGE_BUCKETS),
    store: histogram('chatbot_store_seconds', 'Operations of the store.', ['operation'], REQUEST_BUCKETS),
    storeErrors: counter('chatbot_store_errors_total', 'Operations of the store that failed.', ['operation']),
    welcomes: counter('chatbot_conversations_total', 'Conversations begun, by language.', ['locale']),
    answers: counter('chatbot_answers_total', 'Answers given, by id and language.', ['answer', 'locale']),
    fallbacks: counter('chatbot_fallbacks_total', 'Messages that were not understood.', ['locale']),
    choices: counter('chatbot_choices_total', 'Messages met with "do you mean …?".', ['locale']),
    safety: counter('chatbot_safety_answers_total', 'Safety answers given, by id.', ['answer']),
    uploads: counter('chatbot_uploads_refused_total', 'Files refused.', ['locale']),
    reloads: counter('chatbot_knowledge_reloads_total', 'Changes of the knowledge, by what came of them.', [
      'state',
    ]),
    feedback: counter('chatbot_feedback_total', 'Answers found helpful or not.', ['helpful']),
  };
}

function count(measures: ReturnType<typeof createMeasures>, event: BotEvent): void {
  switch (event.kind) {
    case 'welcomed':
      measures.welcomes.inc({ locale: event.locale });
      return;
    case 'upload-refused':
      measures.uploads.inc({ locale: event.locale });
      return;
    case 'feedback':
      measures.feedback.inc({ helpful: String(event.helpful) });
      return;
    case 'answered': {
      const { message, times } = event.turn;
      const { locale } = message;
      for (const stage of ['understanding', 'conversation', 'rendering'] as const)
        measures.stages.observe({ stage }, times[stage] / SECOND);
      const answer = message.answer?.id;
      if (answer === undefined) measures.choices.inc({ locale });
      else measures.answers.inc({ answer, locale });
      if (answer === FALLBACK) measures.fallbacks.inc({ locale });
      if (answer?.startsWith('safety.')) measures.safety.inc({ answer });
    }
  }
}

function same(shown: string, token: string): boolean {
  const [left, right] = [Buffer.from(shown), Buffer.from(token)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * What Prometheus may know: counts and times, never a word, an address or an id of anybody.
 *
 * @param token shown to read `/metrics`
 */
export function createMetrics(token: string): Watcher {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const measures = createMeasures(registry);
  // Seen before the first one, so that a rise from nothing is a rise.
  for (const state of ['current', 'broken']) measures.reloads.inc({ state }, 0);

  return {
    observe(events) {
      for (const event of events) count(measures, event);
    },
    onStore({ operation, took, failed }) {
      measures.store.observe({ operation }, took / SECOND);
      if (failed) measures.storeErrors.inc({ operation });
    },
    onReload: (state) => measures.reloads.inc({ state }),
    register(server, openStreams) {
      new Gauge({
        name: 'chatbot_open_streams',
        help: 'Open WebSocket streams of this process.',
        registers: [registry],
        collect() {
          this.set(openStreams());
        },
      });
      server.addHook('onResponse', async (request, reply) => {
        // The pattern of the route, not the address: that one holds conversation ids.
        const route = request.routeOptions.url ?? 'unknown';
        measures.requests.observe(
          { route, method: request.method, status: reply.statusCode },
          reply.elapsedTime / SECOND,
        );
      });
      server.get('/metrics', async (request, reply) => {
        if (!same(request.headers.authorization ?? '', `Bearer ${token}`)) {
          const message = 'Send the token: Authorization: Bearer <token>.';
          return reply.code(401).send({ error: { code: 'Unauthorized', message } });
        }
        return reply
          .header('cache-control', 'no-store')
          .type(registry.contentType)
          .send(await registry.metrics());
      });
    },
  };
}
