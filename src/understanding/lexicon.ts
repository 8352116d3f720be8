import type { Lexicon } from '../knowledge/index.ts';
import { normalise, words } from './normalise.ts';
import { remember } from './remember.ts';

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
  /** What a word means by itself: its concepts. */
  readonly conceptsOf: (word: string) => readonly string[];
  /** Whole phrase → its concepts. */
  readonly phrases: ReadonlyMap<string, readonly string[]>;
  /** Entries that end in `*`, the shortest first, by the first letters of their first word. */
  readonly stems: ReadonlyMap<string, readonly Stem[]>;
  /** First words of phrases of several words, with the number of words of the longest one: no more are looked at. */
  readonly openings: ReadonlyMap<string, number>;
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

/** @param known words of the files, see `remember` */
export function compileLexicon(lexicon: Lexicon, known: ReadonlySet<string>): CompiledLexicon {
  const phrases = new Map<string, string[]>();
  const stems = new Map<string, string[]>();
  const vocabulary = new Set<string>();
  const openings = new Map<string, number>();
  const abbreviations = compileAbbreviations(lexicon.abbreviations);
  for (const [concept, entries] of Object.entries(lexicon.concepts)) {
    for (const entry of entries) {
      const phrase = expand(words(normalise(entry)), abbreviations).join(' ');
      const table = entry.endsWith('*') ? stems : phrases;
      const known = table.get(phrase);
      if (known) known.push(concept);
      else table.set(phrase, [concept]);
      const [opening = '', ...others] = phrase.split(' ');
      if (others.length > 0) openings.set(opening, Math.max(openings.get(opening) ?? 0, 1 + others.length));
      for (const word of [opening, ...others]) vocabulary.add(word);
    }
  }
  const commands = new Map<string, string>();
  for (const [command, entries] of Object.entries(lexicon.commands)) {
    for (const entry of entries) commands.set(normalise(entry), command);
  }
  const look = { phrases, stems: byBeginning(stems) };
  const conceptsOf = remember(known, (word) => lookUp(word, 0, look));
  return { abbreviations, conceptsOf, ...look, openings, commands, vocabulary };
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

/** Concepts of a phrase; of its stems, only those that are longer than what was looked up before. */
function lookUp(
  phrase: string,
  before: number,
  { phrases, stems }: Pick<CompiledLexicon, 'phrases' | 'stems'>,
): readonly string[] {
  const found = phrases.get(phrase) ?? [];
  const stemmed = stems
    .get(beginningOf(phrase))
    ?.filter(({ stem }) => stem.length > before && phrase.startsWith(stem));
  return stemmed?.length ? [...found, ...stemmed.flatMap(({ concepts }) => concepts)] : found;
}

/** Finds every concept that the words express, in the order in which they stand. */
export function findConcepts(tokens: readonly string[], lexicon: CompiledLexicon): Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < tokens.length; at++) {
    let phrase = tokens[at] as string;
    for (const concept of lexicon.conceptsOf(phrase)) mentions.push({ concept, at });
    const end = Math.min(at + (lexicon.openings.get(phrase) ?? 1), tokens.length);
    for (let next = at + 1; next < end; next++) {
      const before = phrase.length;
      phrase = `${phrase} ${tokens[next]}`;
      for (const concept of lookUp(phrase, before, lexicon)) mentions.push({ concept, at });
    }
  }
  return mentions;
}
