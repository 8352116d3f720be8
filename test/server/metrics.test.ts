import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createMemoryStore } from '../../src/storage/index.ts';
import { ROOT, type RunningServer, startServer } from '../helpers.ts';
import { begin, type Visitor } from './client.ts';

const TOKEN = 'a-token-for-metrics';
const store = createMemoryStore();
let isBroken = false;

let running: RunningServer;
let visitor: Visitor;
let text = '';

const read = (headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) =>
  fetch(`${running.url}/metrics`, { headers });

/** The value of a measure with these labels; undefined where it was never counted. */
function measured(name: string, labels: Record<string, string> = {}): number | undefined {
  const line = text
    .split('\n')
    .find(
      (candidate) =>
        new RegExp(`^${name}[{ ]`).test(candidate) &&
        Object.entries(labels).every(([label, value]) => candidate.includes(`${label}="${value}"`)),
    );
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

beforeAll(async () => {
  const failing = {
    ...store,
    append: (...args: Parameters<typeof store.append>) =>
      isBroken ? Promise.reject(new Error('full')) : store.append(...args),
  };
  running = await startServer(
    { METRICS_TOKEN: TOKEN },
    {
      store: failing,
      onKnowledge: (listener) => {
        for (const state of ['learning', 'current', 'broken'] as const)
          listener({ state, hash: 'x', since: '2026-11-24T12:00:00Z', kept: [], problems: [] });
      },
    },
  );
  visitor = await begin(running.url, 'nl');
  for (const words of ['wat is grooming', 'ik wil niet meer leven', 'qsdfqsdf wxcvwxcv'])
    await visitor.send(words);
  await visitor.call('POST', '/activities', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'event',
      name: 'feedback',
      value: { answer: 'grooming.definition', helpful: true },
    }),
  });
  const socket = new WebSocket(visitor.streamUrl);
  await new Promise((resolve) => socket.on('message', resolve));
  isBroken = true;
  await visitor.send('hallo');
  isBroken = false;
  text = await (await read()).text();
  socket.terminate();
});
afterAll(() => running.server.close());

describe('the metrics', () => {
  test('are off where no token is set', async () => {
    const plain = await startServer();
    expect((await fetch(`${plain.url}/metrics`)).status).toBe(404);
    await plain.server.close();
  });

  test.each<[string, Record<string, string>]>([
    ['no token', {}],
    ['a wrong one', { authorization: 'Bearer a-token-for-metrixx' }],
    ['a shorter one', { authorization: 'Bearer a' }],
  ])('are refused to who shows %s', async (_name, headers) => {
    const response = await read(headers);
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('chatbot_');
  });

  test.each<[string, string, Record<string, string>, number]>([
    ['conversations begun, by language', 'chatbot_conversations_total', { locale: 'nl' }, 1],
    [
      'answers by id and language',
      'chatbot_answers_total',
      { answer: 'grooming.definition', locale: 'nl' },
      1,
    ],
    ['safety answers', 'chatbot_safety_answers_total', { answer: 'safety.crisis' }, 1],
    ['messages not understood', 'chatbot_fallbacks_total', { locale: 'nl' }, 1],
    ['feedback', 'chatbot_feedback_total', { helpful: 'true' }, 1],
    ['open streams', 'chatbot_open_streams', {}, 1],
    ['errors of the store', 'chatbot_store_errors_total', { operation: 'append' }, 1],
    ['changes of the knowledge', 'chatbot_knowledge_reloads_total', { state: 'broken' }, 1],
    ['failed requests', 'chatbot_request_seconds_count', { method: 'POST', status: '500' }, 1],
    ['turns through each stage', 'chatbot_turn_stage_seconds_count', { stage: 'understanding' }, 3],
  ])('count %s', (_name, measure, labels, value) => {
    expect(measured(measure, labels)).toBe(value);
  });

  test.each(['understanding', 'conversation', 'rendering'])('time the stage %s', (stage) => {
    const sum = measured('chatbot_turn_stage_seconds_sum', { stage }) ?? 0;
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThan(3);
  });

  test('time the store, and know the loop and the process', () => {
    expect(measured('chatbot_store_seconds_sum', { operation: 'append' })).toBeGreaterThan(0);
    expect(measured('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(measured('process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  test('hold no word, token or conversation, and no address but patterns of routes', () => {
    for (const secret of ['qsdfqsdf', 'leven', visitor.token, visitor.conversationId, '127.0.0.1'])
      expect(text).not.toContain(secret);
  });
});

test('every measure on the Grafana dashboard exists', () => {
  const dashboard = readFileSync(join(ROOT, 'docs/deploy/grafana/chatbot.json'), 'utf8');
  const { panels } = JSON.parse(dashboard) as { panels: { targets: { expr: string }[] }[] };
  const used = new Set(
    panels
      .flatMap(({ targets }) => targets.map(({ expr }) => expr))
      .flatMap((expr) => expr.match(/\b(?:chatbot|process|nodejs)_\w+/g) ?? []),
  );
  const known = new Set(
    [...text.matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
  expect(used.size).toBeGreaterThan(10);
  expect([...used].filter((name) => !known.has(name))).toEqual([]);
});
