/**
 * `npm run faults`: kills the server (`kill -9`) a hundred times at random moments while people chat, with a SQLite
 * store, and counts acknowledged messages lost or doubled. `-- --kills 20 --chats 10 --seed 7`. For the night;
 * `-- --echo` kills a bot that only echoes, on the same channel and store, which starts again much sooner.
 */
import { ECHO, killUnderLoad } from '../load/index.ts';
import { readCall } from './call.ts';

const { values } = readCall(
  `Use: npm run faults [-- --kills 100] [--chats 20] [--seed 7] [--echo]
Kills the server while people chat, and counts acknowledged messages that are lost or doubled. For the night.`,
  {
    kills: { type: 'string', default: '100' },
    chats: { type: 'string', default: '20' },
    echo: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
);
const kills = Number(values.kills);
const seed = Number(values.seed);
console.log(`Kills the server ${kills} times under load; seed ${seed}.`);
const report = await killUnderLoad({
  kills,
  chats: Number(values.chats),
  seed,
  ...(values.echo && { main: ECHO }),
  onKill: (count) => {
    if (count % 10 === 0) console.log(`${count} of ${kills}`);
  },
});
for (const fault of report.faults) console.log(`fault: ${fault}`);
console.log(
  `${report.kills} kills, ${report.acknowledged} messages acknowledged, ${report.retried} requests sent again, ${report.faults.length} lost, doubled or out of order.`,
);
process.exit(report.faults.length === 0 ? 0 : 1);
