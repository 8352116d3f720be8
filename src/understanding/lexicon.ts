import type { Lexicon } from '../knowledge/index.ts';
import { normalise, words } from './normalise.ts';

/** Longest phrase, in words, that the lexicon looks for. */
const MAX_PHRASE = 5;
/** Shortest stem worth looking up, in characters. */
const MIN_STEM = 3;

/** What a word of chat spelling stands for: alone, and before a certain next word ("idk y"). */
interface Abbreviation {
  alone?: readonly string[];
  readonly before: Map<string, readonly string[]>;
}

/** Chat spelling by its first word. */
export type Abbreviations = ReadonlyMap<string, Abbreviation>;

/** A word or phrase with any ending. */
interface Stem {
  readonly stem: string;
  readonly concepts: readonly string[];
}

/** A lexicon made ready for matching: phrases as normalised text. */
export interface CompiledLexicon {
  readonly abbreviations: Abbreviations;
  /** Whole phrase → its concepts. */
  readonly phrases: ReadonlyMap<string, readonly string[]>;
  /** Entries that end in `*`, the shortest first, by the first letters of their first word. */
  readonly stems: ReadonlyMap<string, readonly Stem[]>;
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

/** Chat spelling of one or two words, and the plain words that it stands for. */
function compileAbbreviations(spellings: Lexicon['abbreviations']): Abbreviations {
  const compiled = new Map<string, Abbreviation>();
  for (const [short, long] of Object.entries(spellings)) {
    const [first = '', second] = words(normalise(short));
    const entry: Abbreviation = compiled.get(first) ?? { before: new Map() };
    compiled.set(first, entry);
    if (second === undefined) entry.alone = words(normalise(long));
    else entry.before.set(second, words(normalise(long)));
  }
  return compiled;
}

export function compileLexicon(lexicon: Lexicon): CompiledLexicon {
  const phrases = new Map<string, string[]>();
  const stems = new Map<string, string[]>();
  const vocabulary = new Set<string>();
  const openings = new Set<string>();
  const abbreviations = compileAbbreviations(lexicon.abbreviations);
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
  return { abbreviations, phrases, stems: byBeginning(stems), openings, commands, vocabulary };
}

/** The letters of a first word under which its stems stand. */
function beginningOf(word: string): string {
  return word.slice(0, MIN_STEM);
}

function byBeginning(stems: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly Stem[]> {
  const inOrder = [...stems]
    .map(([stem, concepts]): Stem => ({ stem, concepts }))
    .filter(({ stem }) => stem.length >= MIN_STEM)
    .sort((a, b) => a.stem.length - b.stem.length);
  return Map.groupBy(inOrder, ({ stem }) => beginningOf(words(stem)[0] ?? ''));
}

/** Replaces chat spelling by plain words; pairs ("idk y") come before single words. */
export function expand(tokens: readonly string[], abbreviations: Abbreviations): string[] {
  const out: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as string;
    const abbreviation = abbreviations.get(token);
    const pair = abbreviation?.before.get(tokens[at + 1] ?? '');
    if (pair) at++;
    const plain = pair ?? abbreviation?.alone;
    if (plain) out.push(...plain);
    else out.push(token);
  }
  return out;
}

/** Finds every concept that the words express, in the order in which they stand. */
export function findConcepts(tokens: readonly string[], lexicon: CompiledLexicon): Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const first = tokens[at] as string;
    const longest = lexicon.openings.has(first) ? Math.min(MAX_PHRASE, tokens.length - at) : 1;
    const stems = lexicon.stems.get(beginningOf(first));
    let phrase = '';
    for (let length = 1; length <= longest; length++) {
      const before = phrase.length;
      phrase = length === 1 ? first : `${phrase} ${tokens[at + length - 1]}`;
      for (const concept of lexicon.phrases.get(phrase) ?? []) mentions.push({ concept, at });
      for (const { stem, concepts } of stems ?? []) {
        if (stem.length <= before || !phrase.startsWith(stem)) continue;
        for (const concept of concepts) mentions.push({ concept, at });
      }
    }
  }
  return mentions;
}
