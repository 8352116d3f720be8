import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Course, type Learnt, learnersOf } from '../classifier/index.ts';

/** What the learners of a course find, each in a thread of its own: with a core for each, as fast as one of them. */
export async function learnSideBySide(course: Course): Promise<readonly Learnt[]> {
  const workers = learnersOf(course).map(
    (learner) =>
      new Worker(new URL('./learnerThread.ts', import.meta.url), { workerData: { course, learner } }),
  );
  try {
    return await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0] as Learnt));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
