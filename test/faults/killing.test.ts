import { expect, test } from 'vitest';
import { ECHO, killUnderLoad } from '../../src/load/index.ts';

/** `npm run faults` does the same to the whole bot, a hundred times. Here the store and the channel carry an echo, which starts sooner. */
test('a server killed at random moments loses and doubles no message that it acknowledged', async () => {
  const report = await killUnderLoad({ kills: 4, chats: 8, seed: 1, main: ECHO });
  expect(report.faults).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(8);
  expect(report.retried).toBeGreaterThan(0);
}, 90_000);
