import { type Abbreviations, expand } from './lexicon.ts';
import { normalise, words } from './normalise.ts';
import { remember } from './remember.ts';
import { isSlip } from './slip.ts';

/** What one place of a pattern accepts: any of some words, any word beginning like one of some stems, or both. */
interface Place {
  /** Whether a slip of the finger is forgiven. */
  readonly misspelt: boolean;
  readonly words: ReadonlySet<string>;
  readonly stems: readonly string[];
}

type Element =
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'gap'; readonly most: number };

/** A phrase looked for in messages: "never .. wake/waken up", "cut* my arm*". */
export interface Pattern {
  readonly elements: readonly Element[];
}

/** Where a pattern stands in a message: from the token `from` up to, not including, `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Words that a gap may stand for. */
const GAPS: Readonly<Record<string, number>> = { '..': 4, '...': 15 };
/** Shorter words are never taken for misspelt: "me" and "em", "te" and "et" are two words. */
const MIN_MISSPELT = 3;
/** Two edits make "verkracht" of "verdacht". */
const MOST_EDITS = 1;
/** Words from this length on may also lack a letter or have one too many. */
const MIN_OTHER_LENGTH = 6;

/** What may stand at one place of a phrase: several single words and stems together, and each choice of several words alone. */
function readChoices(part: string, misspelt: boolean): Element[][] {
  const choices = part.split('/').map((choice) => {
    const tokens = words(normalise(choice));
    return { tokens, isStem: choice.endsWith('*') };
  });
  const place = (accepted: readonly string[], stems: readonly string[]): Element => ({
    kind: 'place',
    place: { misspelt, words: new Set(accepted), stems },
  });
  const short = choices.filter(({ tokens }) => tokens.length === 1);
  const together = place(
    short.filter(({ isStem }) => !isStem).flatMap(({ tokens }) => tokens),
    short.filter(({ isStem }) => isStem).flatMap(({ tokens }) => tokens),
  );
  // "m'ont" is read as two words, in messages as here.
  const long = choices
    .filter(({ tokens }) => tokens.length > 1)
    .map(({ tokens, isStem }) =>
      tokens.map((token, i) => (isStem && i === tokens.length - 1 ? place([], [token]) : place([token], []))),
    );
  return short.length > 0 ? [[together], ...long] : long;
}

/**
 * Reads a phrase of the lexicon. Words stand for themselves; `a/b` accepts either; `stem*` every word that begins so;
 * `..` none to four words, whichever; `...` none to fifteen.
 *
 * @param misspelt whether a slip of the finger is forgiven: what raises an alarm may be misspelt, what silences one may not
 * @returns the phrase; several where a choice of it is more than one word (`m'a/m'ont`)
 */
export function compilePatterns(
  phrase: string,
  abbreviations: Abbreviations,
  misspelt: boolean,
): readonly Pattern[] {
  const parts = phrase.split(/\s+/).map((part): Element[][] => {
    const most = GAPS[part];
    if (most !== undefined) return [[{ kind: 'gap', most }]];
    if (/[/*]/.test(part)) return readChoices(part, misspelt);
    return [
      expand(words(normalise(part)), abbreviations).map((word) => ({
        kind: 'place',
        place: { misspelt, words: new Set([word]), stems: [] },
      })),
    ];
  });
  const all = parts.reduce<Element[][]>(
    (begun, choices) => begun.flatMap((before) => choices.map((choice) => [...before, ...choice])),
    [[]],
  );
  return all.map((elements) => ({ elements }));
}

function isMisspelt(token: string, word: string): boolean {
  const shorter = Math.min(token.length, word.length);
  if (shorter < MIN_MISSPELT || (shorter < MIN_OTHER_LENGTH && token.length !== word.length)) return false;
  return isSlip(token, word, MOST_EDITS);
}

function fits(token: string, { misspelt, words: accepted, stems }: Place): boolean {
  if (accepted.has(token)) return true;
  if (stems.some((stem) => token.startsWith(stem))) return true;
  if (!misspelt) return false;
  for (const word of accepted) if (isMisspelt(token, word)) return true;
  return false;
}

/** End of the rest of a pattern that begins at a token; -1 where it does not stand there. */
function endOf(elements: readonly Element[], element: number, tokens: readonly string[], at: number): number {
  const next = elements[element];
  if (next === undefined) return at;
  if (next.kind === 'gap') {
    for (let skipped = 0; skipped <= next.most; skipped++) {
      const end = endOf(elements, element + 1, tokens, at + skipped);
      if (end >= 0) return end;
    }
    return -1;
  }
  const token = tokens[at];
  return token !== undefined && fits(token, next.place) ? endOf(elements, element + 1, tokens, at + 1) : -1;
}

/** Patterns of one first word or stem: messages are compared with it once, however many patterns begin so. */
type Openings<T> = Map<string, Entry<T>[]>;

interface Entry<T> {
  readonly pattern: Pattern;
  readonly value: T;
}

function note<T>(openings: Openings<T>, opening: string, entry: Entry<T>): void {
  const entries = openings.get(opening);
  if (entries) entries.push(entry);
  else openings.set(opening, [entry]);
}

/** A stem stands at the beginning of a word: only those with the same first letter are compared. */
function byInitial<T>(openings: Openings<T>): ReadonlyMap<string, readonly [string, readonly Entry<T>[]][]> {
  return Map.groupBy(openings, ([opening]) => opening[0] ?? '');
}

/** A slip of the finger spares the first letter and changes the length by one letter at most. */
function byLook<T>(openings: Openings<T>): ReadonlyMap<string, readonly [string, readonly Entry<T>[]][]> {
  return Map.groupBy(openings, ([opening]) => lookOf(opening, opening.length));
}

function lookOf(word: string, length: number): string {
  return `${word[0]}${length}`;
}

/**
 * Looks for many patterns at once.
 *
 * @param patterns each with what it stands for
 * @param known words of the files, see `remember`
 * @returns every pattern that stands in the tokens, once for each place where it begins
 */
export function createFindPatterns<T>(
  patterns: readonly Entry<T>[],
  known: ReadonlySet<string>,
): (tokens: readonly string[]) => readonly { readonly value: T; readonly span: Span }[] {
  const byWord: Openings<T> = new Map();
  const misspeltWords: Openings<T> = new Map();
  const stems: Openings<T> = new Map();
  for (const entry of patterns) {
    const [first] = entry.pattern.elements;
    if (first?.kind !== 'place') throw new Error('a phrase begins with a word, not with a gap');
    for (const word of first.place.words) {
      note(byWord, word, entry);
      if (first.place.misspelt && word.length >= MIN_MISSPELT) note(misspeltWords, word, entry);
    }
    for (const stem of first.place.stems) note(stems, stem, entry);
  }
  const misspelt = byLook(misspeltWords);
  const stemmed = byInitial(stems);

  /** Patterns whose first place accepts the token. */
  const beginningWith = remember(known, (token): readonly Entry<T>[] => {
    const found = new Set(byWord.get(token));
    const add = (entries: readonly Entry<T>[]) => {
      for (const entry of entries) found.add(entry);
    };
    for (const [stem, entries] of stemmed.get(token[0] ?? '') ?? []) if (token.startsWith(stem)) add(entries);
    for (let length = token.length - MOST_EDITS; length <= token.length + MOST_EDITS; length++) {
      for (const [word, entries] of misspelt.get(lookOf(token, length)) ?? [])
        if (isMisspelt(token, word)) add(entries);
    }
    return [...found];
  });

  return (tokens) => {
    const found: { readonly value: T; readonly span: Span }[] = [];
    // Loops and no flatMap: of the words of a message, in six searches, few begin a pattern.
    for (let from = 0; from < tokens.length; from++) {
      for (const { pattern, value } of beginningWith(tokens[from] as string)) {
        const to = endOf(pattern.elements, 1, tokens, from + 1);
        if (to >= 0) found.push({ value, span: { from, to } });
      }
    }
    return found;
  };
}
