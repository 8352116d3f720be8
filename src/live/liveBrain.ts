import { join } from 'node:path';
import type { Brain, BrainOptions } from '../brain.ts';
import { type Knowledge, type Problem, problem } from '../knowledge/index.ts';
import { loadModel } from '../learning/index.ts';
import type { UnderstandingModel } from '../understanding/index.ts';
import { createLoaderThread, type Learning, type LoaderThread, startLearning } from './threads.ts';
import type { KnowledgeStatus, LiveBrain, Loaded } from './types.ts';
import { learntVersion, type Version, versionFor } from './versions.ts';
import { type Watch, watchFolders } from './watch.ts';

export interface LiveOptions extends BrainOptions {
  /** Folder that holds `knowledge/`, `dialogs/` and `locales/`. */
  readonly root: string;
  /** Where models are kept; see `loadModel`. */
  readonly cacheFolder: string;
  /** Called where the start has to wait for what is learnt. */
  readonly onLearning?: () => void;
}

export type Opened =
  | { readonly ok: true; readonly live: LiveBrain }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const WATCHED = ['knowledge', 'dialogs', 'locales'];

/** Reads the files, learns, and from then on follows their changes. It starts with a dialog left out, with nothing else wrong. */
export async function openLiveBrain(options: LiveOptions): Promise<Opened> {
  const loader = createLoaderThread(options.root);
  const { knowledge, key, problems } = await loader.load(undefined);
  // An error in a dialog leaves out that dialog only: the bot starts, and says so.
  if (knowledge === undefined) {
    await loader.close();
    return { ok: false, problems };
  }
  const model = await loadModel(knowledge, options.cacheFolder, options.onLearning);
  const live = new Live(
    options,
    loader,
    learntVersion(knowledge, { knowledge, key, model }, options),
    problems,
  );
  await live.watch();
  return { ok: true, live };
}

class Live implements LiveBrain {
  readonly brain: Brain;
  readonly #options: LiveOptions;
  readonly #loader: LoaderThread;
  readonly #listeners: ((status: KnowledgeStatus) => void)[] = [];
  #version: Version;
  #status: KnowledgeStatus;
  /** The newest good files; ahead of the version where these must be learnt first. */
  #newest: { readonly knowledge: Knowledge; readonly key: string };
  #learning: (Learning & { readonly key: string }) | undefined;
  #watch: Watch | undefined;
  #loading = false;
  #changedMeanwhile = false;
  #closed = false;

  constructor(options: LiveOptions, loader: LoaderThread, version: Version, problems: readonly Problem[]) {
    this.#options = options;
    this.#loader = loader;
    this.#version = version;
    this.#newest = version;
    this.#status = this.#describe([], problems);
    this.brain = followingBrain(() => this.#version.brain);
  }

  async watch(): Promise<void> {
    const folders = WATCHED.map((folder) => join(this.#options.root, folder));
    this.#watch = await watchFolders(folders, () => void this.#reload());
  }

  status(): KnowledgeStatus {
    return this.#status;
  }

  onStatus(listener: (status: KnowledgeStatus) => void): void {
    this.#listeners.push(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch?.close();
    await Promise.all([this.#learning?.stop(), this.#loader.close()]);
  }

  /** Never two loads at a time; what changes meanwhile is loaded afterwards. */
  async #reload(): Promise<void> {
    this.#changedMeanwhile = true;
    if (this.#loading) return;
    this.#loading = true;
    while (this.#changedMeanwhile && !this.#closed) {
      this.#changedMeanwhile = false;
      try {
        this.#take(await this.#loader.load(this.#newest.knowledge.hash));
      } catch (error) {
        this.#failed(error);
      }
    }
    this.#loading = false;
  }

  #take({ knowledge, key, kept, problems }: Loaded): void {
    if (this.#closed) return;
    if (knowledge) {
      this.#newest = { knowledge, key };
      this.#version = versionFor(this.#version, knowledge, key, this.#options) ?? this.#version;
      this.#learnNewest();
    }
    this.#tell(kept, problems);
  }

  /** Learns in a thread what the newest files teach; learning from older files is given up. */
  #learnNewest(): void {
    const { knowledge, key } = this.#newest;
    if (this.#learning?.key === key) return;
    void this.#learning?.stop();
    this.#learning = undefined;
    if (key === this.#version.learnt.key) return;
    const learning = { ...startLearning(knowledge, this.#options.cacheFolder), key };
    this.#learning = learning;
    learning.model.then(
      (model) => this.#learning === learning && this.#learnt(knowledge, model),
      (error: unknown) => {
        if (this.#learning !== learning) return;
        this.#learning = undefined;
        this.#failed(error);
      },
    );
  }

  #learnt(knowledge: Knowledge, model: UnderstandingModel): void {
    const { knowledge: newest, key } = this.#newest;
    this.#learning = undefined;
    this.#version = learntVersion(newest, { knowledge, key, model }, this.#options);
    this.#tell(this.#status.kept, this.#status.problems);
  }

  #failed(error: unknown): void {
    if (this.#closed) return;
    const reason = error instanceof Error ? error.message : String(error);
    this.#tell(this.#status.kept, [problem('error', 'reload-failed', { file: 'knowledge' }, { reason })]);
  }

  #describe(kept: readonly string[], problems: readonly Problem[]): KnowledgeStatus {
    const { hash } = this.#version.knowledge;
    const since = this.#status?.hash === hash ? this.#status.since : this.#options.now().toISOString();
    const state = problems.length > 0 ? 'broken' : this.#learning ? 'learning' : 'current';
    return { state, hash, since, kept, problems };
  }

  #tell(kept: readonly string[], problems: readonly Problem[]): void {
    const before = this.#status;
    this.#status = this.#describe(kept, problems);
    if (JSON.stringify(before) === JSON.stringify(this.#status)) return;
    for (const listener of this.#listeners) listener(this.#status);
  }
}

/** One object that always speaks with the newest brain: whoever holds it need not know of changes. */
function followingBrain(newest: () => Brain): Brain {
  return new Proxy({} as Brain, { get: (_, name: keyof Brain) => newest()[name] });
}
