import { describe, expect, test } from 'vitest';
import { createCmsConfig, entryShapes } from '../../src/editor/cmsConfig.ts';
import { KINDS } from '../../src/editor/entries.ts';
import { type JsonSchema, type Widget, widgetFor } from '../../src/editor/widgets.ts';
import { openBrain } from '../helpers.ts';

const { knowledge, say } = await openBrain();
const configIn = (locale: string) => createCmsConfig(knowledge, say, locale, '2026-11-24');

/** Every field of a form, those inside of others too. */
function allFields(fields: readonly Widget[]): Widget[] {
  return fields.flatMap((field) => [field, ...allFields((field.fields as Widget[] | undefined) ?? [])]);
}

/** Names of everything that may be written, at any depth; language maps count as one field. */
function namesIn(schema: JsonSchema): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
    name,
    ...namesIn(inner),
    ...namesIn(inner.items ?? {}),
  ]);
}

describe.each(KINDS)('the form for %s', (kind) => {
  test('has a widget for each field that the check of the files knows', () => {
    const form = configIn('nl').collections.find(({ name }) => name === kind);
    const names = new Set(allFields(form?.fields ?? []).map(({ name }) => name));
    const wanted = namesIn(entryShapes()[kind]);
    expect(wanted.length).toBeGreaterThan(1);
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  test.each(knowledge.locales)('has its labels, hints and choices written in %s', (locale) => {
    const form = configIn(locale).collections.find(({ name }) => name === kind);
    const shown = allFields(form?.fields ?? [])
      .filter(({ widget }) => widget !== 'hidden')
      .flatMap(({ label, hint, options }) => [
        label,
        hint,
        ...((options as { label: string }[] | undefined) ?? []).map((option) => option.label),
      ])
      .concat([form?.label, form?.label_singular, form?.description] as string[]);
    // A text that is missing shows its key.
    expect(
      shown.filter((text) => typeof text === 'string' && /^(fields|kinds|id|shapes)\./.test(text)),
    ).toEqual([]);
  });
});

test('texts of the editor are the same in number in every language', () => {
  const keysOf = (value: unknown, path = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${path}.${key}`))
      : [path];
  const [first, ...others] = knowledge.locales.map((locale) =>
    keysOf(knowledge.texts[locale]?.editor).sort(),
  );
  expect(first?.length).toBeGreaterThan(50);
  for (const keys of others) expect(keys).toEqual(first);
});

test('a field that names other entries offers those that exist, in words', () => {
  const figures = configIn('fr').collections.find(({ name }) => name === 'figures');
  const source = allFields(figures?.fields ?? []).find(({ name }) => name === 'source');
  expect(source).toMatchObject({ widget: 'select' });
  const options = source?.options as { value: string; label: string }[];
  expect(options.map(({ value }) => value)).toEqual(Object.keys(knowledge.sources));
  expect(options.find(({ value }) => value === 'article-2019')?.label).toMatch(/^Knack, 2019-06: /);
});

test('a type of field without a widget is an error that names the field', () => {
  const context = {
    locales: [],
    optionsOf: () => undefined,
    label: () => '',
    hint: () => undefined,
    item: () => undefined,
    choice: () => '',
    languageName: () => '',
    shapeHint: () => '',
  };
  expect(() => widgetFor('colour', { type: 'null' }, true, context)).toThrow(/"colour"/);
});
