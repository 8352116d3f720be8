/** Thread of one learner: it takes many seconds, in which others learn beside it. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Course, descend } from '../classifier/index.ts';

const { course, learner } = workerData as { readonly course: Course; readonly learner: number };
const learnt = descend(course, learner);
// Tens of megabytes: they are handed over, not copied.
const buffers = [learnt.signs, learnt.bias, learnt.output].map(({ buffer }) => buffer as ArrayBuffer);
parentPort?.postMessage(learnt, buffers);
