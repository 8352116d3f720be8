/**
 * Anonymous counts, unanswered questions and campaigns: what staff learn from the chats without learning who chatted.
 * `tally.ts` says what is counted, `publish.ts` what is shown of it, `questions/strip.ts` what is kept of a message.
 */
export { campaignLink, qrPng, qrSvg } from './campaigns/campaign.ts';
export { dayOf, hourOf } from './days.ts';
export { registerInsights } from './pages/index.ts';
export { clusters } from './questions/group.ts';
export { createRecorder, type Recorder } from './recorder.ts';
export { type InsightChoice, insightChoice, openInsights } from './store/open.ts';
export { createSqliteInsights, NewerInsights } from './store/sqlite.ts';
export type { InsightStore } from './store/types.ts';
