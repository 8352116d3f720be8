/** Thread that reads the files: reading hundreds of them takes longer than a person should wait for a reply. */
import { parentPort, workerData } from 'node:worker_threads';
import { createLoader } from './loader.ts';

const load = createLoader(workerData as string);
parentPort?.on('message', async (hash: string | undefined) => {
  const loaded = await load();
  // Knowledge that the other side has already is not sent again.
  const known = hash !== undefined && loaded.knowledge?.hash === hash;
  parentPort?.postMessage(known ? { ...loaded, knowledge: undefined } : loaded);
});
