/** A few hundred cases with a fixed seed; `npm run fuzz` throws a million by night. */
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutate, type Target, targetsOf, throwAt } from '../../src/fuzz/index.ts';
import { readKnowledge } from '../../src/knowledge/index.ts';
import { seededRandom } from '../../src/random.ts';
import { openBrain, ROOT, type RunningServer, startServer } from '../helpers.ts';

const SEED = 1;
const CASES = 160;
let running: RunningServer;
let targets: readonly Target[];
beforeAll(async () => {
  running = await startServer();
  const { port } = running.server.server.address() as AddressInfo;
  const { files } = await readKnowledge(ROOT);
  targets = targetsOf({ server: running.server, port, brain: await openBrain(), files });
});
afterAll(() => running.server.close());

test.each([
  'HTTP requests',
  'tokens',
  'bytes of HTTP requests',
  'WebSocket frames',
  'messages',
  'knowledge and dialog files',
])('%s of any shape cause no crash and no answer that begins with 5', async (name) => {
  const target = targets.find((each) => each.name === name);
  if (!target) throw new Error(`There is no target "${name}".`);
  expect((await throwAt(target, CASES, SEED)).broken).toBeUndefined();
});

test('every part is thrown at, and the shares make up the whole', () => {
  expect(targets.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

test('the same seed changes bytes in the same way, another one differently', () => {
  const bytes = Buffer.from('type: answer\nid: grooming.signs');
  expect(mutate(bytes, seededRandom(5))).toEqual(mutate(bytes, seededRandom(5)));
  expect(mutate(bytes, seededRandom(5))).not.toEqual(mutate(bytes, seededRandom(6)));
});
