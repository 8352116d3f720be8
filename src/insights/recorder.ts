import type { BotEvent, Observe } from '../bot/index.ts';
import type { Knowledge } from '../knowledge/index.ts';
import type { Say } from '../rendering/index.ts';
import { normalise } from '../understanding/index.ts';
import { dayOf, daysBefore, type Hour, hourOf } from './days.ts';
import { KEPT_DAYS } from './questions/group.ts';
import { type Question, questionFrom } from './questions/question.ts';
import type { StripRules } from './questions/strip.ts';
import { vocabularyOf } from './questions/vocabulary.ts';
import type { Counted, InsightStore } from './store/types.ts';
import { type Increment, tally } from './tally.ts';

/** What the insights need of the bot; a live brain fits. */
export interface InsightBrain {
  readonly knowledge: Knowledge;
  readonly say: Say;
}

export interface RecorderDeps {
  readonly brain: InsightBrain;
  readonly store: InsightStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told when counts could not be kept; they are tried again. */
  readonly onError: (reason: string) => void;
}

export interface Recorder {
  readonly observe: Observe;
  /** Keeps what was observed so far. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** What was observed is kept within this time; a crash loses no more. */
const FLUSH_MS = 1_000;
const RETRY_MS = 10_000;
const TIDY_MS = 10 * 60_000;
/** Counts are kept so long, for comparing years. */
const COUNTS_KEPT_DAYS = 5 * 366;
/** Messages waiting to be stripped; more are counted, but their words are let go. */
const MOST_WAITING = 5_000;
/** A campaign that nobody made here: its name could be anything, so it is not kept. */
export const UNKNOWN_CAMPAIGN = '?';

const describe = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Rules for what may be kept of a message; made again when the knowledge changes. */
function createRules(brain: InsightBrain): () => Promise<StripRules> {
  let made: { readonly hash: string; readonly rules: StripRules } | undefined;
  return async () => {
    const { knowledge } = brain;
    if (made?.hash !== knowledge.hash) {
      const introductions = knowledge.locales.flatMap((locale) =>
        normalise(brain.say(locale, 'insights:nameIntroductions')).split(' '),
      );
      made = {
        hash: knowledge.hash,
        rules: { vocabulary: await vocabularyOf(knowledge), introductions: new Set(introductions) },
      };
    }
    return made.rules;
  };
}

/** Counts waiting to be kept, by hour. */
class Pending {
  readonly #counts = new Map<string, { readonly hour: Hour; readonly increment: Increment; count: number }>();

  add(hour: Hour, increment: Increment, count = 1): void {
    const key = [hour, increment.locale, increment.measure, increment.value].join('|');
    const known = this.#counts.get(key);
    if (known) known.count += count;
    else this.#counts.set(key, { hour, increment, count });
  }

  get size(): number {
    return this.#counts.size;
  }

  byHour(): [Hour, Counted[]][] {
    const hours = Object.groupBy(this.#counts.values(), ({ hour }) => hour);
    return Object.entries(hours).map(([hour, entries = []]) => [
      hour,
      entries.map(({ increment, count }) => ({ ...increment, count })),
    ]);
  }
}

/**
 * Counts what happens. Observing only notes it down: stripping and writing are done apart, so that nobody waits for them
 * and a store that fails delays no reply.
 */
export function createRecorder({ brain, store, now, onError }: RecorderDeps): Recorder {
  const rulesOf = createRules(brain);
  let pending = new Pending();
  let messages: { readonly hour: Hour; readonly event: BotEvent }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();

  function later(delay: number): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void flush();
    }, delay).unref();
  }

  /** A name that a visitor made up is not kept, because it could be anything. */
  async function onlyKnownCampaigns(counts: readonly Counted[]): Promise<Counted[]> {
    if (!counts.some(({ measure }) => measure === 'campaign')) return [...counts];
    const known = new Set((await store.campaigns()).map(({ name }) => name));
    return counts.map((one) =>
      one.measure !== 'campaign' || known.has(one.value) ? one : { ...one, value: UNKNOWN_CAMPAIGN },
    );
  }

  async function questionsFrom(
    waiting: typeof messages,
  ): Promise<Partial<Record<Hour, { question: Question }[]>>> {
    try {
      const rules = await rulesOf();
      const kept = waiting.flatMap(({ hour, event }) => {
        const question = questionFrom(event, rules);
        return question ? [{ hour, question }] : [];
      });
      return Object.groupBy(kept, ({ hour }) => hour);
    } catch (error) {
      onError(describe(error));
      return {};
    }
  }

  async function write(): Promise<void> {
    const [counts, waiting] = [pending, messages];
    pending = new Pending();
    messages = [];
    const questions = await questionsFrom(waiting);
    for (const [hour, entries] of counts.byHour()) {
      try {
        const ofHour: Question[] = (questions[hour] ?? []).map(({ question }) => question);
        await store.add(hour, await onlyKnownCampaigns(entries), ofHour);
      } catch (error) {
        onError(describe(error));
        for (const { count, ...increment } of entries) pending.add(hour, increment, count);
        later(RETRY_MS);
      }
    }
  }

  function flush(): Promise<void> {
    working = working.then(write);
    return working;
  }

  /** Joins hours that are over to their days, and erases what is too old. */
  async function tidy(): Promise<void> {
    try {
      const hour = hourOf(now());
      await store.settle(hour);
      await store.eraseBefore({
        questions: daysBefore(dayOf(hour), KEPT_DAYS),
        counts: daysBefore(dayOf(hour), COUNTS_KEPT_DAYS),
      });
    } catch (error) {
      onError(describe(error));
    }
  }
  const tidyInTurn = () => {
    working = working.then(tidy);
  };
  tidyInTurn();
  const tidier = setInterval(tidyInTurn, TIDY_MS).unref();

  return {
    observe(events) {
      const hour = hourOf(now());
      for (const event of events) {
        for (const increment of tally(event, hour.slice(-2))) pending.add(hour, increment);
        if (event.kind === 'answered' && messages.length < MOST_WAITING) messages.push({ hour, event });
      }
      if (pending.size > 0) later(FLUSH_MS);
    },
    flush,
    async close() {
      clearInterval(tidier);
      clearTimeout(timer);
      await flush();
      clearTimeout(timer);
      await store.close();
    },
  };
}
