import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Knowledge } from '../knowledge/index.ts';
import { MODEL_VERSION, study, type UnderstandingModel } from '../understanding/index.ts';
import { lessonKey, lessonOf } from './lesson.ts';
import { learnSideBySide } from './sideBySide.ts';

/** For people who wait. */
export const LEARNING =
  'Learning from the example questions. This takes up to a minute, once; later starts take seconds.';

/**
 * What the phrasings teach, from the cache where the same was learnt before.
 *
 * A cache that cannot be read or written costs time, never the start: the model is learnt again.
 *
 * @param folder where models are kept; made when absent
 * @param onLearning called before it is learnt, which takes long
 */
export async function loadModel(
  knowledge: Knowledge,
  folder: string,
  onLearning: () => void = () => undefined,
): Promise<UnderstandingModel> {
  const lesson = lessonOf(knowledge);
  const file = join(folder, `model-${MODEL_VERSION}-${lessonKey(lesson).slice(0, 16)}.bin`);
  const cached = await readFile(file).catch(() => undefined);
  if (cached) {
    try {
      return deserialize(cached) as UnderstandingModel;
    } catch {
      // A half-written file of a killed process: learn again below and write it anew.
    }
  }
  onLearning();
  const { course, finish } = study(lesson);
  const model = finish(await learnSideBySide(course));
  try {
    await mkdir(folder, { recursive: true });
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, serialize(model));
    await rename(draft, file);
    await removeOthers(folder, basename(file));
  } catch (error) {
    process.emitWarning(
      `The model could not be kept in ${folder}: ${String(error)}. It is learnt again at each start.`,
    );
  }
  return model;
}

/** Models of earlier files are never read again, and weigh tens of megabytes each. */
async function removeOthers(folder: string, kept: string): Promise<void> {
  const old = (await readdir(folder)).filter((name) => /^model-.*\.bin$/.test(name) && name !== kept);
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
}
