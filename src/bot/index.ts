export { type BotTurn, createBotRunner, type RunBot } from './runner.ts';
