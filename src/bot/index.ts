export { type BotEvent, CAMPAIGN, type Observe } from './events.ts';
export { type BotTurn, createBotRunner, type RunBot } from './runner.ts';
