/**
 * `npm run bench:reload`: time from a saved figure to its use, on a real server over a copy of the files, and the longest
 * time for which the server answered nobody meanwhile.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { percentile } from '../../src/load/index.ts';
import { copyProject, save, startLive, until } from './project.ts';

const FILE = 'knowledge/figures/grooming-files.yaml';
const ROUNDS = 10;
const FIRST_VALUE = 36;
const NANOSECONDS = 1e6;

const running = await startLive(await copyProject());
const times: number[] = [];
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
for (let round = 0; round < ROUNDS; round++) {
  const before = running.live.status().hash;
  const value = FIRST_VALUE + round;
  const used = until(running.live, ({ hash }) => hash !== before);
  const start = performance.now();
  await save(running.root, FILE, (text) =>
    text.replace(`year: 2018, value: ${value}`, `year: 2018, value: ${value + 1}`),
  );
  await used;
  times.push(performance.now() - start);
}
delay.disable();
await running.close();
console.log(`${ROUNDS} saves of a figure, milliseconds until it was in use:`);
console.log(`  median ${percentile(times, 0.5).toFixed(0)}, longest ${Math.max(...times).toFixed(0)}`);
console.log(`  longest time the server answered nobody: ${(delay.max / NANOSECONDS).toFixed(0)}`);
process.exit();
