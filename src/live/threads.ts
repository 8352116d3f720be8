import { Worker } from 'node:worker_threads';
import type { Knowledge } from '../knowledge/index.ts';
import type { UnderstandingModel } from '../understanding/index.ts';
import type { Loaded } from './types.ts';

export interface LoaderThread {
  /** @param hash of the knowledge in use: where nothing changed, `knowledge` comes back undefined */
  load(hash: string | undefined): Promise<Loaded>;
  close(): Promise<void>;
}

function nextMessage<T>(worker: Worker): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      finish();
    };
    const onMessage = (message: T) => settle(() => resolve(message));
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = () => settle(() => reject(new Error('the thread ended')));
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
  });
}

/** Reading leaves much garbage and no hurry: a thread with little room for young objects clears it away sooner. */
const LITTLE_GARBAGE = { maxYoungGenerationSizeMb: 8 };

/** One thread for all loads, made anew when it dies. One load at a time. */
export function createLoaderThread(root: string): LoaderThread {
  let worker: Worker | undefined;
  return {
    async load(hash) {
      worker ??= new Worker(new URL('./loaderThread.ts', import.meta.url), {
        workerData: root,
        resourceLimits: LITTLE_GARBAGE,
      });
      try {
        const loaded = nextMessage<Loaded>(worker);
        worker.postMessage(hash);
        return await loaded;
      } catch (error) {
        await worker?.terminate();
        worker = undefined;
        throw error;
      }
    },
    async close() {
      await worker?.terminate();
    },
  };
}

export interface Learning {
  /** Rejects when the learning was stopped. */
  readonly model: Promise<UnderstandingModel>;
  stop(): Promise<unknown>;
}

/** Learns in a thread of its own, which ends with it. */
export function startLearning(knowledge: Knowledge, folder: string): Learning {
  const worker = new Worker(new URL('./learnerThread.ts', import.meta.url), {
    workerData: { knowledge, folder },
  });
  return { model: nextMessage<UnderstandingModel>(worker), stop: () => worker.terminate() };
}
