/** `npm run chat`: talk with the bot in the terminal. `npm run chat -- fr` begins in French. */
import { createInterface } from 'node:readline/promises';
import type { ConversationState } from '../conversation/index.ts';
import type { Message } from '../rendering/index.ts';
import { readCall } from './call.ts';
import { openBrain } from './open.ts';

const { positionals } = readCall(
  'Use: npm run chat [-- fr]\nTalk with the bot in the terminal; Ctrl+C ends.',
  {},
  1,
);
const brain = await openBrain();
const locale = brain.localeFor([positionals[0] ?? process.env.LANG?.replace('_', '-') ?? '']);
let state: ConversationState | undefined;

function show(message: Message): void {
  console.log(`\n${message.plain}`);
  for (const { name, value, note } of message.contacts) console.log(`  ☎ ${name}: ${value}. ${note}`);
  const buttons = message.buttons.map(({ title }) => `[${title}]`);
  if (buttons.length > 0) console.log(`  ${buttons.join(' ')}`);
  console.log();
}

show(brain.welcome(locale));
const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
terminal.prompt();
for await (const line of terminal) {
  const turn = brain.turn(state, line, { locale });
  state = turn.state;
  show(turn.message);
  terminal.prompt();
}
