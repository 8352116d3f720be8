export { EchoBot } from './echoBot.ts';
export { type BotEvent, CAMPAIGN, type Observe } from './events.ts';
export { type BotTurn, createBotRunner, createRunner, type RunBot } from './runner.ts';
