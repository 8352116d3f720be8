import { expect, test } from 'vitest';
import { killUnderLoad } from '../../src/load/index.ts';

/** `npm run faults` does the same a hundred times. */
test('a server killed at random moments loses and doubles no message that it acknowledged', async () => {
  const report = await killUnderLoad({ kills: 3, chats: 8, seed: 1 });
  expect(report.faults).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(8);
  expect(report.retried).toBeGreaterThan(0);
}, 90_000);
