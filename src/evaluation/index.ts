export * from './measure.ts';
export { confusions, type ReliabilityStep, reliability } from './reliability.ts';
