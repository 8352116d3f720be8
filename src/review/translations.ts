import { createHash } from 'node:crypto';
import {
  type Answer,
  type AnswerId,
  type Knowledge,
  type Locale,
  type PerLocale,
  type Places,
  type Problem,
  problem,
} from '../knowledge/index.ts';
import { strings } from './pieces.ts';

/** Which texts said the same when somebody last looked: answer → language → fingerprint of its text. */
export type Agreed = Readonly<Record<AnswerId, PerLocale<string>>>;

export function fingerprint({ title, body }: Pick<Answer, 'title' | 'body'>): string {
  return createHash('sha256').update(`${title}\0${body}`).digest('hex').slice(0, 12);
}

/**
 * Is a translation behind its source?
 *
 * It is when the source was reviewed later, or when the source changed since the two agreed while the translation did
 * not. Where both changed, they were changed together.
 */
function isStale(source: Answer, translation: Answer, agreed: PerLocale<string> = {}): boolean {
  if (translation.reviewed < source.reviewed) return true;
  const [before, own] = [agreed[source.locale], agreed[translation.locale]];
  if (before === undefined || own === undefined) return false;
  return fingerprint(source) !== before && fingerprint(translation) === own;
}

/** Translations that are behind the language written first. */
export function staleTranslations(
  { answers }: Knowledge,
  places: Places,
  from: Locale,
  agreed: Agreed,
): Problem[] {
  return places.answers.flatMap(({ answer, locate }) => {
    const source = answers[answer.id]?.[from];
    if (!source || answer.locale === from || !isStale(source, answer, agreed[answer.id])) return [];
    const place = { file: answer.file, ...locate(['reviewed']), field: 'reviewed', text: answer.reviewed };
    return [problem('warning', 'stale-translation', place, { from, other: source.file, id: answer.id })];
  });
}

/** What agrees now; what is behind keeps what was noted before. */
export function agreedNow({ answers }: Knowledge, from: Locale, before: Agreed): Agreed {
  const entries = Object.entries(answers).map(([id, inLocales]): [AnswerId, PerLocale<string>] => {
    const source = inLocales[from];
    const stale = source
      ? Object.values(inLocales).some((one) => one.locale !== from && isStale(source, one, before[id]))
      : false;
    const now = Object.fromEntries(
      Object.entries(inLocales).map(([locale, one]) => [locale, fingerprint(one)]),
    );
    return [id, (stale ? before[id] : now) ?? now];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Keys named in one message; the others are in the file of the other language. */
const MAX_KEYS = 5;

/** Sentences of the bot that another language has. */
export function missingSentences({ texts, locales }: Knowledge, from: Locale): Problem[] {
  return Object.entries(texts[from] ?? {}).flatMap(([namespace, source]) =>
    locales
      .filter((locale) => locale !== from)
      .flatMap((locale): Problem[] => {
        const own = new Set(strings(texts[locale]?.[namespace] ?? {}).map(([path]) => path.join('.')));
        const missing = strings(source)
          .map(([path]) => path.join('.'))
          .filter((key) => !own.has(key));
        if (missing.length === 0) return [];
        const shown = missing.slice(0, MAX_KEYS).join(', ') + (missing.length > MAX_KEYS ? ', …' : '');
        const file = `locales/${locale}/${namespace}.json`;
        const values = { count: missing.length, locale, keys: shown, from };
        return [problem('warning', 'missing-sentences', { file }, values)];
      }),
  );
}
