import type { Lexicon, Locale, Option } from '../knowledge/index.ts';
import { normalise, words } from './normalise.ts';
import { createReader, type Reader, type Reading, readWords } from './reading.ts';
import { distance } from './slip.ts';
import { createRepair } from './spelling.ts';
import type { ChoiceMade } from './types.ts';

/** Words for places in a list (`2`, `de tweede`, `the last one`), normalised → place from 1; -1 for the last. */
export type Places = ReadonlyMap<string, number>;

export interface ChoiceReader extends Reader {
  readonly places: Places;
}

export function compilePlaces({ ordinals, last }: Pick<Lexicon, 'ordinals' | 'last'>): Places {
  return new Map([
    ...ordinals.flatMap((names, at) => names.map((name): [string, number] => [normalise(name), at + 1])),
    ...last.map((name): [string, number] => [normalise(name), -1]),
  ]);
}

/** Longest label, in letters, in which no slip of the finger is looked for: there, one letter makes another word. */
const SHORT = 4;
/** Longest word, in letters, that is taken for a mere filler. */
const FILLER = 3;
/** Letters from which two slips are forgiven. */
const LONG = 10;
/** How much clearer the best choice must be than the next one. */
const CLEARER = 1.5;
/** Evidence (see `weigh`) from which a choice counts at all. */
const ENOUGH = 0.5;

/**
 * Finds which of the options a message chooses: by its label or one of its sentences, by its place in the list, through
 * slips of the finger, or by words and concepts that only one option has.
 *
 * @param key the message, normalised
 * @param readers all languages, the most likely one first: a label is known in each of them
 * @param spoken languages that the message may be in: free words are read in these only
 * @returns undefined where nothing points to one option more than to the others
 */
export type Choose = (
  key: string,
  options: readonly Option[],
  readers: readonly ChoiceReader[],
  spoken: readonly ChoiceReader[],
) => ChoiceMade | undefined;

export function createChoose(): Choose {
  /** Options come from the frozen knowledge, so what their sentences say is worked out once. */
  const known = new WeakMap<Option, Map<Locale, Evidence>>();

  function evidenceOf(option: Option, reader: ChoiceReader): Evidence {
    const byLocale = known.get(option) ?? new Map<Locale, Evidence>();
    known.set(option, byLocale);
    const evidence = byLocale.get(reader.locale) ?? readEvidence(option, reader);
    byLocale.set(reader.locale, evidence);
    return evidence;
  }

  return (key, options, readers, spoken) => {
    if (key === '' || options.length === 0) return undefined;
    for (const reader of readers) {
      const exact = options.find((option) => evidenceOf(option, reader).sentences.includes(key));
      if (exact) {
        const byLabel = evidenceOf(exact, reader).sentences[0] === key;
        return { id: exact.id, locale: reader.locale, by: byLabel ? 'label' : 'sentence', share: 1 };
      }
    }
    for (const reader of readers) {
      const found =
        byPlace(key, options, reader) ??
        bySlip(key, options, (option) => evidenceOf(option, reader).sentences);
      if (found) return { id: found.id, locale: reader.locale, by: 'sentence', share: 1 };
    }
    return spoken
      .map((reader) => byWords(key, options, reader, (option) => evidenceOf(option, reader)))
      .find((made) => made !== undefined);
  };
}

/** What the sentences of an option hold, in one language. */
interface Evidence {
  /** Normalised, the label first. */
  readonly sentences: readonly string[];
  readonly features: ReadonlySet<string>;
}

function readEvidence({ sentences }: Option, reader: ChoiceReader): Evidence {
  const normalised = (sentences[reader.locale] ?? []).map(normalise);
  const asWritten = createReader({ ...reader, repair: (word: string) => word });
  return {
    sentences: normalised,
    features: new Set(normalised.flatMap((sentence) => featuresOf(readWords(words(sentence), asWritten)))),
  };
}

/** Words of few letters ("en", "is", "the") say nothing by themselves; where they do, they have a concept ("ik", "me"). */
function featuresOf({ tokens, mentions }: Reading): string[] {
  return [
    ...tokens.filter((token) => token.length > FILLER),
    ...mentions.map(({ concept }) => `concept ${concept}`),
  ];
}

function byPlace(key: string, options: readonly Option[], { places }: ChoiceReader): Option | undefined {
  const place = places.get(key);
  if (place === undefined) return undefined;
  return options.at(place > 0 ? place - 1 : place);
}

/** The one option with a sentence from which a slip or two make the message. */
function bySlip(
  key: string,
  options: readonly Option[],
  sentencesOf: (option: Option) => readonly string[],
): Option | undefined {
  if (key.length <= SHORT || /^\d+$/.test(key)) return undefined;
  const most = key.length >= LONG ? 2 : 1;
  const near = options.filter((option) =>
    sentencesOf(option).some(
      (sentence) =>
        sentence.length > SHORT &&
        Math.abs(sentence.length - key.length) <= most &&
        distance(key, sentence) <= most,
    ),
  );
  return near.length === 1 ? near[0] : undefined;
}

/** Misspelt words are first compared with the words of the options, then with those of the language. */
function readFor(key: string, evidence: readonly Evidence[], reader: ChoiceReader): Reading {
  const vocabulary = new Set(
    evidence.flatMap(({ features }) => [...features].filter((one) => !one.includes(' '))),
  );
  const repair = createRepair(vocabulary, new Set());
  const repairFor = (word: string) => {
    const meant = repair(word);
    return meant === word ? reader.repair(word) : meant;
  };
  return readWords(words(key), createReader({ ...reader, repair: repairFor }));
}

function byWords(
  key: string,
  options: readonly Option[],
  reader: ChoiceReader,
  evidenceOf: (option: Option) => Evidence,
): ChoiceMade | undefined {
  const evidence = options.map(evidenceOf);
  const reading = readFor(key, evidence, reader);
  const weights = evidence.map(({ features }) => weigh(reading, features, evidence));
  const [best, second] = [...weights].sort((a, b) => b - a);
  const at = weights.indexOf(best ?? 0);
  const option = options[at];
  if (!option || (best ?? 0) < ENOUGH || (best ?? 0) < CLEARER * (second ?? 0)) return undefined;
  const share = shareOf(reading, evidence[at]?.features ?? new Set());
  return { id: option.id, locale: reader.locale, by: 'words', share };
}

/** Sum over what message and option have in common, each divided by how many options have it; nothing where all do. */
function weigh(reading: Reading, features: ReadonlySet<string>, all: readonly Evidence[]): number {
  let sum = 0;
  for (const feature of new Set(featuresOf(reading))) {
    if (!features.has(feature)) continue;
    const holders = all.filter((one) => one.features.has(feature)).length;
    if (holders < all.length || all.length === 1) sum += 1 / holders;
  }
  return sum;
}

/** Share of the message's words that the option has too, itself or by their concept. */
function shareOf({ tokens, mentions }: Reading, features: ReadonlySet<string>): number {
  const shared = tokens.filter(
    (token, at) =>
      features.has(token) ||
      mentions.some((mention) => mention.at === at && features.has(`concept ${mention.concept}`)),
  );
  return tokens.length === 0 ? 0 : shared.length / tokens.length;
}
