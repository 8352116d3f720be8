import { type Knowledge, type Locale, type Places, type Problem, problem } from '../knowledge/index.ts';
import { normalise } from '../understanding/index.ts';

/** Of a word of so many messages, some are typed without the accents that the entry has; of more, they mean something else. */
const COMMON = 0.01;

/** In how many messages each word stands, as typed, under what it is compared as. */
type Typed = ReadonlyMap<string, ReadonlyMap<string, number>>;

function countTyped(messages: readonly string[]): Typed {
  const counts = new Map<string, number>();
  for (const message of messages) {
    const typed =
      message
        .toLowerCase()
        .normalize('NFC')
        .match(/[\p{L}\p{N}]+/gu) ?? [];
    for (const word of new Set(typed)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const byPlain = new Map<string, Map<string, number>>();
  for (const [word, count] of counts) {
    const plain = normalise(word);
    const alike = byPlain.get(plain);
    if (alike) alike.set(word, count);
    else byPlain.set(plain, new Map([[word, count]]));
  }
  return byPlain;
}

/** Stems and words alike. */
function wordOf(entry: string): string {
  return entry.replace(/\*$/, '').toLowerCase();
}

/** In how many messages a word stands that reads like the entry, and that no entry of the concept names. */
function countOthers(entry: string, named: ReadonlySet<string>, typed: Typed): number {
  const plain = normalise(entry);
  if (plain === wordOf(entry)) return 0;
  return [...(typed.get(plain) ?? [])].reduce((sum, [word, count]) => sum + (named.has(word) ? 0 : count), 0);
}

function messagesOf({ answers, calls }: Knowledge, locale: Locale): string[] {
  return [
    ...Object.values(answers).flatMap((inLocales) => inLocales[locale]?.phrasings ?? []),
    ...Object.values(calls[locale] ?? {}).flat(),
  ];
}

/**
 * Words of concepts that lose their accents or signs when they are compared, and then read like a word that stands in many
 * messages and means something else: with "à +" for goodbye, every French "a" says goodbye.
 */
export function commonConcepts(knowledge: Knowledge, { locate }: Places): Problem[] {
  return Object.values(knowledge.lexicons).flatMap(({ locale, concepts }) => {
    const messages = messagesOf(knowledge, locale);
    const typed = countTyped(messages);
    const file = `knowledge/lexicon/${locale}.yaml`;
    return Object.entries(concepts).flatMap(([concept, entries]) => {
      const named = new Set(entries.map(wordOf));
      return entries.flatMap((entry, i): Problem[] => {
        const count = countOthers(entry, named, typed);
        if (count < COMMON * messages.length) return [];
        const plain = normalise(entry);
        const place = { file, ...locate(file, ['concepts', concept, i]), field: `concepts.${concept}[${i}]` };
        const share = Math.round((1000 * count) / messages.length) / 10;
        return [
          problem('warning', 'concept-common', { ...place, text: entry }, { entry, plain, concept, share }),
        ];
      });
    });
  });
}
