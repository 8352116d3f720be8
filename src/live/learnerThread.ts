/** Thread that learns from the phrasings: it takes seconds, in which the bot goes on talking. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Knowledge } from '../knowledge/index.ts';
import { loadModel } from '../learning/index.ts';

const { knowledge, folder } = workerData as { readonly knowledge: Knowledge; readonly folder: string };
const model = await loadModel(knowledge, folder);
// The weights are tens of megabytes: they are handed over, not copied.
const buffers = [model.ranker.classifier, model.locales].map(({ weights }) => weights.buffer);
parentPort?.postMessage(model, buffers as ArrayBuffer[]);
