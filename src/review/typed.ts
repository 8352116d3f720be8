import { type Knowledge, type Problem, problem, type Series } from '../knowledge/index.ts';
import type { Piece } from './pieces.ts';
import type { Standards, Words } from './rules.ts';

/** From here on a number is no age, no hour and no count of steps: it is typed from the data. */
const SURELY_DATA = 100;
/** Sentences of `locales/` have values of their own for the contacts that they name. */
const VALUES: Readonly<Record<string, string>> = {
  'child-focus': 'human',
  police: 'police',
  emergency: 'emergency',
  reporting: 'reporting',
};

interface Typed {
  readonly value: number;
  readonly text: string;
  readonly index: number;
}

/** References and addresses hold no typed numbers. Lengths stay. */
function withoutReferences(text: string): string {
  return text.replace(/\{\{[^{}]*\}\}/g, (reference) => ' '.repeat(reference.length));
}

function digits(text: string): Typed[] {
  return [
    ...text.matchAll(
      /(?<![\d\p{L}])\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?!\d)|(?<![\d\p{L}])\d+(?![\d\p{L}])/gu,
    ),
  ].map(({ 0: found, index }) => ({ value: Number(found.replace(/\D/g, '')), text: found, index }));
}

function numberWords(text: string, { numbers }: Words): Typed[] {
  const values = new Map(numbers.map((word, value) => [word, value]));
  return [...text.matchAll(/[\p{L}]+(?:[- ](?:et )?[\p{L}]+)*?(?![\p{L}-])/gu)].flatMap(
    ({ 0: word, index }) => {
      const value = values.get(word.toLowerCase());
      return value === undefined ? [] : [{ value, text: word, index }];
    },
  );
}

/** "18 years", "under 18": an age or a time, whatever the data say. */
function countsElse(text: string, { index, text: typed }: Typed, { notFigures }: Words): boolean {
  const before = text.slice(0, index).trimEnd().toLowerCase();
  const after = text
    .slice(index + typed.length)
    .trimStart()
    .toLowerCase();
  const begins = (word: string) => after.startsWith(word) && !/^\p{L}/u.test(after.slice(word.length));
  const ends = (word: string) => before.endsWith(word) && !/\p{L}$/u.test(before.slice(0, -word.length));
  return notFigures.after.some(begins) || notFigures.before.some(ends);
}

/** A small number is only taken for a figure where the text is about what the series counts. */
function isAbout(series: Series, { answer, text }: Piece, knowledge: Knowledge): boolean {
  if (text.includes(series.id)) return true;
  const topic = answer?.split('.')[0] ?? '';
  return series.topic === undefined ? !Object.hasOwn(knowledge.topics, topic) : series.topic === topic;
}

/** Numbers typed into a text that stand in the figures too. */
export function typedNumbers(piece: Piece, knowledge: Knowledge, words: Standards['words']): Problem[] {
  const own: Words = words[piece.locale] ?? {
    discouraged: [],
    notFigures: { after: [], before: [] },
    numbers: [],
  };
  const text = withoutReferences(piece.text);
  const all = [...digits(text), ...numberWords(text, own)];
  return all.flatMap((typed) => {
    const found = Object.values(knowledge.series)
      .filter((series) => typed.value >= SURELY_DATA || isAbout(series, piece, knowledge))
      .flatMap((series) => series.values.map((value) => ({ series, ...value })))
      .filter(({ value }) => value === typed.value)
      // The year that the text names is meant; else the latest.
      .sort(
        (a, b) =>
          Number(text.includes(String(b.year))) - Number(text.includes(String(a.year))) || b.year - a.year,
      );
    const [best] = found;
    if (!best || typed.value < 2 || countsElse(text, typed, own)) return [];
    const reference = `{{figure ${best.series.id} ${best.year}}}`;
    const place = { ...piece.placeOf(typed.index), text: typed.text };
    return [problem('warning', 'typed-number', place, { number: typed.text, reference })];
  });
}

/** Phone numbers and addresses typed into a text that stand in the contacts too. */
export function typedContacts(piece: Piece, { contacts }: Knowledge): Problem[] {
  if (piece.kind === 'contact') return [];
  const text = withoutReferences(piece.text);
  return Object.values(contacts).flatMap(({ id, kind, values }) => {
    const value = values[piece.locale];
    const reference = piece.kind === 'sentence' ? VALUES[id] && `{{${VALUES[id]}}}` : `{{contact ${id}}}`;
    if (value === undefined || !reference) return [];
    const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const source = kind === 'phone' ? [...value.replace(/\D/g, '')].join('[\\s./-]*') : escaped;
    const found = text.match(new RegExp(`(?<![\\p{L}\\d])${source}(?![\\p{L}\\d])`, 'iu'));
    if (found?.index === undefined) return [];
    const place = { ...piece.placeOf(found.index), text: found[0] };
    return [problem('warning', 'typed-contact', place, { value: found[0], reference })];
  });
}
