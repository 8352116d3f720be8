/**
 * `npm run fuzz`: throws a million cases at the bot and looks for crashes and for answers that begin with 5: HTTP
 * requests, tokens, bytes of requests and of WebSocket frames, messages, knowledge and dialog files. For the night.
 * `-- --cases 10000 --seed 7 --only messages`. The server listens on this machine only.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { targetsOf, throwAt } from '../fuzz/index.ts';
import { readKnowledge } from '../knowledge/index.ts';
import { UNLIMITED } from '../load/index.ts';
import { createServer } from '../server/index.ts';
import { createMemoryStore } from '../storage/index.ts';
import { readCall } from './call.ts';
import { openBrain, ROOT } from './open.ts';

/** Thousands of cases at a time, each with a seed of its own: nothing is kept of those that went well. */
const BATCH = 5000;
const SILENCE = 60_000;

const { values } = readCall(
  `Use: npm run fuzz [-- --cases 1000000] [--seed 7] [--only messages]
Throws made-up requests, frames, tokens, messages and files at the bot on this machine. For the night.`,
  {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
  },
);
const cases = Number(values.cases);
let seed = Number(values.seed);
const brain = await openBrain();
const dataFolder = await mkdtemp(join(tmpdir(), 'fuzz-'));
const server = await createServer({
  brain,
  config: readConfig({ LOG_LEVEL: 'silent', ...UNLIMITED }),
  store: createMemoryStore({ silence: SILENCE }),
  tokenSecret: 'a secret for fuzzing only, long enough',
  // Nothing that is sent may reach the files of the project.
  root: dataFolder,
  dataFolder,
  pageFolder: join(ROOT, 'dist', 'web'),
  now: Date.now,
});
await server.listen({ port: 0, host: '127.0.0.1' });
const { port } = server.server.address() as AddressInfo;
const { files } = await readKnowledge(ROOT);
console.log(`${cases} cases from seed ${seed}.`);
let thrown = 0;
let broken = 0;
for (const target of targetsOf({ server, port, brain, files })) {
  if (values.only !== undefined && !target.name.includes(values.only)) continue;
  const wanted = Math.ceil(values.only === undefined ? cases * target.share : cases);
  const begun = performance.now();
  let done = 0;
  while (done < wanted) {
    const finding = await throwAt(target, Math.min(BATCH, wanted - done), seed++);
    done += finding.cases;
    if (finding.broken === undefined) continue;
    broken++;
    console.log(`broken, seed ${seed - 1}: ${target.name}\n${finding.broken}`);
  }
  thrown += done;
  console.log(`${target.name}: ${done} cases in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}
await server.close();
await rm(dataFolder, { recursive: true, force: true });
console.log(`${thrown} cases, ${broken} crashes or answers that begin with 5.`);
process.exit(broken === 0 ? 0 : 1);
