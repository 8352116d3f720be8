import { findPersonalData, normalise } from '../../understanding/index.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Stands for whatever was left out. */
export const GAP = '…';
/** Fewer known words than this say nothing to staff. */
const LEAST_WORDS = 2;
/** A text of which less than this share is left says nothing either. */
const LEAST_SHARE = 0.5;
/** Words after "my name is" that may be parts of a name: "ik heet Jan Peeters". */
const NAME_WORDS = 3;

const TOKEN = /[\p{L}\p{M}\p{N}_'’‘-]+|[.!?;:\n]|[^\s\p{L}\p{N}]/gu;
const LETTERS_ONLY = /^[\p{L}\p{M}'’‘-]+$/u;
const SENTENCE_END = /[.!?;:\n]/;

export interface StripRules {
  readonly vocabulary: Vocabulary;
  /** Words after which a name follows ("heet", "appelle", "called"), normalised. */
  readonly introductions: ReadonlySet<string>;
}

function withoutPersonalData(text: string): string {
  return findPersonalData(text).reduceRight(
    (rest, { start, end }) => `${rest.slice(0, start)} ${GAP} ${rest.slice(end)}`,
    text,
  );
}

/**
 * A rare word beside a gap is a gap too: it may be the half of a name that is also a word ("Henrietta Lang"). Costs one
 * word in a thousand of the evaluation set.
 */
function withoutRareNeighbours(kept: readonly string[], { everyday }: Vocabulary): string[] {
  const isEveryday = (word: string) =>
    normalise(word)
      .split(' ')
      .every((part) => everyday.has(part));
  const isBesideGap = (i: number) => kept[i - 1] === GAP || kept[i + 1] === GAP;
  return kept
    .map((word, i) => (isBesideGap(i) && !isEveryday(word) ? GAP : word))
    .filter((word, i, all) => word !== GAP || all[i - 1] !== GAP);
}

/**
 * What of a message may be kept: the words that the bot's own files use, in lower case, everything else a gap. A list of
 * what is allowed can't be outwitted by a name, street or nickname that nobody thought of, as a list of what is forbidden can.
 *
 * Left out are also: figures; what `findPersonalData` finds; words with a capital within a sentence; what follows "my name is".
 *
 * @returns undefined where too little is left to be of use
 */
export function strip(message: string, { vocabulary, introductions }: StripRules): string | undefined {
  const cleaned = withoutPersonalData(message.normalize('NFC'));
  // In a message all in capitals a capital says nothing.
  const capitalsTell = /\p{Ll}/u.test(cleaned);
  const kept: string[] = [];
  let known = 0;
  let all = 0;
  let sentenceStart = true;
  let nameFollows = 0;
  for (const [token] of cleaned.matchAll(TOKEN)) {
    if (!/[\p{L}\p{N}]/u.test(token) && token !== GAP) {
      if (SENTENCE_END.test(token)) sentenceStart = true;
      continue;
    }
    const parts = normalise(token).split(' ');
    const isCapital = capitalsTell && /^\p{Lu}/u.test(token) && token.toLowerCase() !== 'i';
    // At the start of a sentence every word has a capital: there only everyday words are sure not to be names.
    const allowedWords = isCapital && sentenceStart ? vocabulary.everyday : vocabulary.known;
    const allowed =
      LETTERS_ONLY.test(token) &&
      (!isCapital || sentenceStart) &&
      nameFollows === 0 &&
      parts.every((part) => allowedWords.has(part));
    if (allowed) kept.push(token.toLowerCase());
    else if (kept.at(-1) !== GAP) kept.push(GAP);
    all += 1;
    if (allowed) known += 1;
    nameFollows = parts.some((part) => introductions.has(part)) ? NAME_WORDS : Math.max(0, nameFollows - 1);
    sentenceStart = false;
  }
  const text = withoutRareNeighbours(kept, vocabulary).join(' ');
  return known >= LEAST_WORDS && known / all >= LEAST_SHARE ? text : undefined;
}
