import {
  type AnswerId,
  type Knowledge,
  type Locale,
  type Path,
  type Place,
  type Places,
  placeInBody,
} from '../knowledge/index.ts';

/** One text that visitors read, wherever it stands. */
export interface Piece {
  readonly kind: 'body' | 'title' | 'sentence' | 'contact' | 'series';
  readonly locale: Locale;
  readonly text: string;
  /** The answer it belongs to. */
  readonly answer?: AnswerId;
  /** Where a character of the text stands in its file. */
  readonly placeOf: (index: number) => Place;
}

type Texts = { readonly [key: string]: unknown };

/** Every string of nested texts, with its path. Lists are left out: they hold what people type, not what they read. */
export function strings(
  texts: Texts,
  path: readonly string[] = [],
): [path: readonly string[], text: string][] {
  return Object.entries(texts).flatMap(([key, value]): [readonly string[], string][] => {
    if (typeof value === 'string') return [[[...path, key], value]];
    if (Array.isArray(value)) return [];
    return typeof value === 'object' && value !== null ? strings(value as Texts, [...path, key]) : [];
  });
}

/** Every text that visitors read: answers, contacts, figures and sentences. */
export function piecesOf(knowledge: Knowledge, places: Places): readonly Piece[] {
  const at = (file: string, path: Path) => (): Place => ({
    file,
    ...places.locate(file, path),
    field: path.join('.'),
  });
  const answers = places.answers.flatMap((one): Piece[] => {
    const { id, locale, title, body, file } = one.answer;
    const titlePlace = { file, ...one.locate(['title']), field: 'title' };
    return [
      { kind: 'title', locale, text: title, answer: id, placeOf: () => titlePlace },
      { kind: 'body', locale, text: body, answer: id, placeOf: (index) => placeInBody(one, index) },
    ];
  });
  const contacts = Object.values(knowledge.contacts).flatMap(({ id, names, notes }) =>
    Object.entries({ names, notes }).flatMap(([field, texts]) =>
      Object.entries(texts).map(([locale, text]): Piece => {
        return { kind: 'contact', locale, text, placeOf: at('knowledge/contacts.yaml', [id, field, locale]) };
      }),
    ),
  );
  const series = Object.values(knowledge.series).flatMap(({ file, names, remark = {} }) =>
    Object.entries({ names, remark }).flatMap(([field, texts]) =>
      Object.entries(texts).map(([locale, text]): Piece => {
        return { kind: 'series', locale, text, placeOf: at(file, [field, locale]) };
      }),
    ),
  );
  const sentences = Object.entries(knowledge.texts).flatMap(([locale, namespaces]) =>
    Object.entries(namespaces).flatMap(([namespace, texts]) =>
      strings(texts).map(([path, text]): Piece => {
        return { kind: 'sentence', locale, text, placeOf: at(`locales/${locale}/${namespace}.json`, path) };
      }),
    ),
  );
  return [...answers, ...contacts, ...series, ...sentences];
}
