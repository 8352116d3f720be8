import { dockStart } from '@nlpjs/basic';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { FALLBACK, type Knowledge, type Locale } from '../knowledge/index.ts';

/** Another way to find the answer to a question, on the same phrasings. */
export interface Baseline {
  readonly name: string;
  /** Time to learn or to index all phrasings, in milliseconds. */
  readonly learning: number;
  /** The answer found, or nothing. Some need to be told the language. */
  answer(text: string, locale: Locale): Promise<string | undefined>;
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

/** nlp.js with its neural classifier, one model a language. */
export async function nlpJs(phrasings: readonly Phrasing[]): Promise<Baseline> {
  const start = performance.now();
  const dock = await dockStart({ use: ['Basic'], settings: { nlp: { autoSave: false, log: false } } });
  const nlp = dock.get('nlp');
  for (const locale of new Set(phrasings.map((phrasing) => phrasing.locale))) nlp.addLanguage(locale);
  for (const { locale, text, id } of phrasings) nlp.addDocument(locale, text, id);
  await nlp.train();
  return {
    name: 'nlp.js',
    learning: performance.now() - start,
    answer: async (text, locale) => {
      const { intent } = (await nlp.process(locale, text)) as { intent: string };
      return intent === 'None' ? FALLBACK : intent;
    },
  };
}
