import { containerBootstrap } from '@nlpjs/core-loader';
import { LangEn } from '@nlpjs/lang-en';
import { LangFr } from '@nlpjs/lang-fr';
import { LangNl } from '@nlpjs/lang-nl';
import { Language } from '@nlpjs/language';
import { Nlp } from '@nlpjs/nlp';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { FALLBACK, type Knowledge, type Locale } from '../knowledge/index.ts';

/** Another way to find the answer to a question, on the same phrasings. */
export interface Baseline {
  readonly name: string;
  /** Time to learn or to index all phrasings, in milliseconds. */
  readonly learning: number;
  /** The answer found, or nothing. */
  answer(text: string): Promise<string | undefined>;
}

export interface Phrasing {
  readonly id: string;
  readonly locale: Locale;
  readonly text: string;
}

export function phrasingsOf({ answers }: Knowledge): Phrasing[] {
  return Object.values(answers)
    .flatMap((inLocales) => Object.values(inLocales))
    .flatMap(({ id, locale, phrasings }) => phrasings.map((text) => ({ id, locale, text })));
}

/** Fuse.js as it comes, over all phrasings. */
export function bareFuse(phrasings: readonly Phrasing[]): Baseline {
  const start = performance.now();
  const fuse = new Fuse(phrasings, { keys: ['text'], includeScore: true, ignoreLocation: true });
  return {
    name: 'Fuse.js',
    learning: performance.now() - start,
    answer: async (text) => fuse.search(text, { limit: 1 })[0]?.item.id,
  };
}

/** MiniSearch (BM25) with its prefix and fuzzy search. */
export function miniSearch(phrasings: readonly Phrasing[]): Baseline {
  const start = performance.now();
  const index = new MiniSearch<Phrasing & { key: number }>({
    idField: 'key',
    fields: ['text'],
    storeFields: ['id'],
    searchOptions: { prefix: true, fuzzy: 0.2 },
  });
  index.addAll(phrasings.map((phrasing, key) => ({ ...phrasing, key })));
  return {
    name: 'MiniSearch',
    learning: performance.now() - start,
    answer: async (text) => index.search(text)[0]?.id as string | undefined,
  };
}

/** nlp.js with its neural classifier: the word stems of each language, and its own guess which language a message is in. */
export async function nlpJs(phrasings: readonly Phrasing[]): Promise<Baseline> {
  const start = performance.now();
  const container = await containerBootstrap({});
  for (const plugin of [LangNl, LangFr, LangEn, Language]) container.use(plugin);
  const nlp = new Nlp({ container, autoSave: false, log: false });
  for (const locale of new Set(phrasings.map((phrasing) => phrasing.locale))) nlp.addLanguage(locale);
  for (const { locale, text, id } of phrasings) nlp.addDocument(locale, text, id);
  await nlp.train();
  return {
    name: 'nlp.js',
    learning: performance.now() - start,
    answer: async (text) => {
      const { intent } = await nlp.process(text);
      return intent === 'None' ? FALLBACK : intent;
    },
  };
}
