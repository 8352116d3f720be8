import type { Locale } from '../knowledge/index.ts';
import { type CompiledLexicon, expand, findConcepts, type Mention } from './lexicon.ts';
import { normalise, words } from './normalise.ts';
import { remember } from './remember.ts';
import type { Repair } from './spelling.ts';

/** A message made ready for the classifier. */
export interface Reading {
  /** Plain words: chat spelling written out, misspelt words repaired. */
  readonly tokens: readonly string[];
  readonly mentions: readonly Mention[];
  /** How many words are strange to the subject: what is not asked about often is strange. */
  readonly strange: number;
}

/** What a language knows of its words. */
export interface Spelling {
  readonly locale: Locale;
  readonly lexicon: CompiledLexicon;
  readonly repair: Repair;
  /** Words that more than one phrasing uses, or the lexicon. */
  readonly familiar: ReadonlySet<string>;
}

/** What is needed to read one language. */
export interface Reader extends Spelling {
  /** The plain words that a word of chat spelling stands for. */
  readonly writeOut: (token: string) => readonly string[];
}

/** @param known words of the files, see `remember` */
export function createReader(spelling: Spelling, known: ReadonlySet<string> = new Set()): Reader {
  const writeOut = remember(known, (token) =>
    splitElision(token, spelling.familiar)
      .flatMap((part) => splitCompound(part, spelling))
      .map(spelling.repair),
  );
  return { ...spelling, writeOut };
}

/** Words shorter than this say nothing about the subject. */
const MIN_STRANGE = 3;

/** Years say that a figure is asked, whichever they are; other numbers say little. */
const YEAR = /^(19|20)\d\d$/;
const NUMBER = /^\d+$/;
/** Adulthood in Belgium, in years: the age of the other tells grooming from a quarrel between pupils. */
const ADULT = 18;
const OLDEST = 99;
const AGE_WORDS = /^(jaar|jarige|jr|j|ans|an|piges|years?|yo|yrs|old)$/;

/** Numbers as the classifier sees them: `2017` and `2018` are the same sign, so is every price. */
function numberMentions(tokens: readonly string[]): Mention[] {
  return tokens.flatMap((token, at): Mention[] => {
    if (YEAR.test(token)) return [{ concept: 'a-year', at }];
    if (!NUMBER.test(token)) return [];
    const number = Number(token);
    if (number > OLDEST || !AGE_WORDS.test(tokens[at + 1] ?? '')) return [{ concept: 'a-number', at }];
    return [{ concept: number < ADULT ? 'age-minor' : 'age-adult', at }];
  });
}

/** Reads a message in one language. */
export function read(text: string, reader: Reader): Reading {
  return readWords(words(normalise(text)), reader);
}

/** Shortest words that Dutch writes as one ("sextingcijfers") and shortest part worth reading alone. */
const MIN_COMPOUND = 9;
const MIN_PART = 4;

/**
 * Two familiar words written as one, as Dutch does. A word of the lexicon stays whole; one that only some phrasings hold
 * is split where it begins with a word of the lexicon ("groomingdossiers"): its parts say more than the word as a whole.
 */
function splitCompound(
  token: string,
  { familiar, lexicon }: Pick<Spelling, 'familiar' | 'lexicon'>,
): readonly string[] {
  const { vocabulary } = lexicon;
  if (token.length < MIN_COMPOUND || vocabulary.has(token)) return [token];
  const heads = familiar.has(token) ? vocabulary : familiar;
  for (let at = token.length - MIN_PART; at >= MIN_PART; at--) {
    const head = token.slice(0, at);
    const tail = token.slice(at);
    if (heads.has(head) && familiar.has(tail)) return [head, tail];
  }
  return [token];
}

/** French without its apostrophe, or with `je` cut short: "lecole", "quil", "jarrive", "jcomprends". */
const ELIDED = /^(j|[lmn](?=[aeiouyh])|qu(?=[aeiouy]))(.{2,})$/;

/** Reads "jarrive" as "j arrive", where the language has both words and the whole is none of its own. */
function splitElision(token: string, familiar: ReadonlySet<string>): readonly string[] {
  const [, head = '', tail = ''] = familiar.has(token) ? [] : (ELIDED.exec(token) ?? []);
  return familiar.has(head) && familiar.has(tail) ? [head, tail] : [token];
}

/** The same for text that is normalised already. */
export function readWords(raw: readonly string[], reader: Reader): Reading {
  const { lexicon, familiar, writeOut } = reader;
  const plain = expand(raw, lexicon.abbreviations).flatMap(writeOut);
  const mentions = [...findConcepts(plain, lexicon), ...numberMentions(plain)];
  const tokens = plain.map((token) => (YEAR.test(token) ? '#year' : NUMBER.test(token) ? '#number' : token));
  const strange = plain.filter(
    (token) => token.length >= MIN_STRANGE && !NUMBER.test(token) && !familiar.has(token),
  ).length;
  return { tokens, mentions, strange };
}
