import { type Problem, problem } from '../knowledge/index.ts';
import type { Piece } from './pieces.ts';
import type { Standards, Words } from './rules.ts';

/** References and values count as one word; signs of layout as none. Lengths stay, so that places stay true. */
function asRead(text: string): string {
  return text
    .replace(/\{\{[^{}]*\}\}/g, (reference) => `X${'x'.repeat(reference.length - 1)}`)
    .replace(/[*_#>]/g, ' ');
}

/** Sentences of a text: an entry of a list and a paragraph end one too. */
export function sentencesOf(
  text: string,
  locale: string,
): { readonly text: string; readonly index: number }[] {
  const segmenter = new Intl.Segmenter(locale, { granularity: 'sentence' });
  const lines = [...asRead(text).matchAll(/[^\n]+/g)];
  return lines.flatMap((line) =>
    [...segmenter.segment(line[0])].map(({ segment, index }) => ({
      text: text.slice(line.index + index, line.index + index + segment.length).trim(),
      index: line.index + index,
    })),
  );
}

/** Words of a sentence as people count them. */
export function countWords(sentence: string, locale: string): number {
  const segmenter = new Intl.Segmenter(locale, { granularity: 'word' });
  return [...segmenter.segment(asRead(sentence))].filter(({ isWordLike }) => isWordLike).length;
}

/** Sentences that are longer than people of level B1 read with ease. */
export function longSentences({ text, locale, placeOf }: Piece, limit: number): Problem[] {
  return sentencesOf(text, locale).flatMap(({ text: sentence, index }) => {
    const words = countWords(sentence, locale);
    if (words <= limit) return [];
    return [problem('warning', 'long-sentence', { ...placeOf(index), text: sentence }, { words, limit })];
  });
}

function pattern(word: string): RegExp {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\\\*$/, '\\p{L}*');
  return new RegExp(`(?<!\\p{L})${escaped}(?!\\p{L})`, 'giu');
}

/** A web address may hold an old name; it is not our word. */
function withoutAddresses(text: string): string {
  return text.replace(/\S+\.[a-z]{2,}(?![\p{L}])\S*/giu, (address) => ' '.repeat(address.length));
}

/** Words that we do not use, outside the answers that are about them. */
export function discouragedWords(
  { text, locale, answer, placeOf }: Piece,
  words: Standards['words'],
): Problem[] {
  const { discouraged = [] }: Partial<Words> = words[locale] ?? {};
  const read = withoutAddresses(text);
  return discouraged
    .filter(({ except }) => answer === undefined || !except.includes(answer))
    .flatMap(({ words: forms, instead }) =>
      forms.flatMap((form) =>
        [...read.matchAll(pattern(form))].map(({ 0: word, index }) =>
          problem('warning', 'discouraged-word', { ...placeOf(index), text: word }, { word, instead }),
        ),
      ),
    );
}
