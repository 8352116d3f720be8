import type { Lexicon } from '../knowledge/index.ts';
import { normalise, words } from './normalise.ts';

/** Longest phrase, in words, that the lexicon looks for. */
const MAX_PHRASE = 5;

/** A lexicon made ready for matching: phrases as normalised text. */
export interface CompiledLexicon {
  /** Chat spelling (one or more words) → plain words. */
  readonly abbreviations: ReadonlyMap<string, readonly string[]>;
  /** Whole phrase → its concepts. */
  readonly phrases: ReadonlyMap<string, readonly string[]>;
  /** Beginning of a phrase → its concepts, for entries that end in `*`. */
  readonly stems: ReadonlyMap<string, readonly string[]>;
  /** First words of phrases of several words: only these are looked at beyond one word. */
  readonly openings: ReadonlySet<string>;
  /** Whole message → its command. */
  readonly commands: ReadonlyMap<string, string>;
  /** Every single word of the lexicon, for the repair of misspelt words. */
  readonly vocabulary: ReadonlySet<string>;
}

/** A concept and where in the message it stands (index of its first word). */
export interface Mention {
  readonly concept: string;
  readonly at: number;
}

export function compileLexicon(lexicon: Lexicon): CompiledLexicon {
  const phrases = new Map<string, string[]>();
  const stems = new Map<string, string[]>();
  const vocabulary = new Set<string>();
  const openings = new Set<string>();
  const abbreviations = new Map<string, readonly string[]>();
  for (const [short, long] of Object.entries(lexicon.abbreviations)) {
    abbreviations.set(normalise(short), words(normalise(long)));
  }
  for (const [concept, entries] of Object.entries(lexicon.concepts)) {
    for (const entry of entries) {
      const phrase = expand(words(normalise(entry)), abbreviations).join(' ');
      const table = entry.endsWith('*') ? stems : phrases;
      const known = table.get(phrase);
      if (known) known.push(concept);
      else table.set(phrase, [concept]);
      const [opening = '', ...others] = phrase.split(' ');
      if (others.length > 0) openings.add(opening);
      for (const word of [opening, ...others]) vocabulary.add(word);
    }
  }
  const commands = new Map<string, string>();
  for (const [command, entries] of Object.entries(lexicon.commands)) {
    for (const entry of entries) commands.set(normalise(entry), command);
  }
  return { abbreviations, phrases, stems, openings, commands, vocabulary };
}

/** Replaces chat spelling by plain words; pairs ("idk y") are looked up before single words. */
export function expand(
  tokens: readonly string[],
  abbreviations: ReadonlyMap<string, readonly string[]>,
): string[] {
  const out: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    const pair = abbreviations.get(`${token} ${tokens[at + 1] ?? ''}`);
    if (pair) {
      out.push(...pair);
      at++;
      continue;
    }
    const single = abbreviations.get(token);
    if (single) out.push(...single);
    else out.push(token);
  }
  return out;
}

/** Shortest stem worth looking up, in characters. */
const MIN_STEM = 3;

/** Finds every concept that the words express, in the order in which they stand. */
export function findConcepts(tokens: readonly string[], lexicon: CompiledLexicon): Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < tokens.length; at++) {
    let phrase = '';
    const longest = lexicon.openings.has(tokens[at] ?? '') ? MAX_PHRASE : 1;
    for (let length = 1; length <= longest && at + length <= tokens.length; length++) {
      phrase = length === 1 ? (tokens[at] ?? '') : `${phrase} ${tokens[at + length - 1] ?? ''}`;
      for (const concept of lexicon.phrases.get(phrase) ?? []) mentions.push({ concept, at });
      const lastWord = tokens[at + length - 1] ?? '';
      const beginning = phrase.length - lastWord.length;
      for (let end = Math.max(MIN_STEM, beginning + 1); end <= phrase.length; end++) {
        for (const concept of lexicon.stems.get(phrase.slice(0, end)) ?? []) mentions.push({ concept, at });
      }
    }
  }
  return mentions;
}
