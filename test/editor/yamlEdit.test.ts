import { expect, test } from 'vitest';
import { editYaml, readYaml } from '../../src/editor/yamlEdit.ts';

const FIGURES = `# Files about grooming.
unit: files # the unit

names:
  nl: grooming
  fr: 'grooming en ligne'
values:
  # Doubted by staff.
  - { year: 2017, value: 43, source: article-2019 }
  - { year: 2018, value: 36, source: article-2019 } # checked

  - { year: 2019, value: 34, source: bik-2020 }
`;

interface Figures {
  readonly unit?: string;
  readonly values: { year: number; value: number; source: string }[];
}

function change(edit: (data: Figures) => unknown): string {
  const data: Figures = JSON.parse(JSON.stringify(readYaml(FIGURES)));
  return editYaml(FIGURES, [], (edit(data) ?? data) as Parameters<typeof editYaml>[2]);
}

test('the same data give the very same text', () => {
  expect(change((data) => data)).toBe(FIGURES);
});

test('a changed value changes its own few letters', () => {
  const edited = change((data) => {
    data.values.splice(1, 1, { year: 2018, value: 37, source: 'article-2019' });
  });
  expect(edited).toBe(FIGURES.replace('value: 36', 'value: 37'));
});

test('a new item of a list gets a line at its place, in the style of its neighbours', () => {
  const edited = change((data) => {
    data.values.push({ year: 2020, value: 40, source: 'bik-2020' });
  });
  expect(edited).toBe(`${FIGURES}  - { year: 2020, value: 40, source: bik-2020 }\n`);
});

test('an item put first comes before the others and leaves their comments', () => {
  const edited = change((data) => {
    data.values.unshift({ year: 2016, value: 1, source: 'a' });
  });
  expect(readYaml(edited)).toMatchObject({
    values: [{ year: 2016 }, { year: 2017 }, { year: 2018 }, { year: 2019 }],
  });
  expect(edited).toContain('# Doubted by staff.');
  expect(edited).toContain('# checked');
});

test('a removed item takes its line along and nothing else', () => {
  const edited = change((data) => {
    data.values.splice(1, 1);
  });
  expect(edited).toBe(FIGURES.replace(/ {2}- \{ year: 2018.*\n/, ''));
});

test('a removed field takes its line along; a new one comes last', () => {
  const edited = change(({ unit: _, ...rest }) => ({ ...rest, shares: [] }));
  expect(edited).toBe(`${FIGURES.replace(/unit.*\n/, '')}shares: []\n`);
});

test('a text with signs that YAML knows is put between quotes and comes back as it was', () => {
  for (const text of [
    'a: b',
    '# no',
    '112',
    'yes, [no]',
    'two\nlines',
    '*star',
    "l'avenir",
    '"quoted"',
    'é{{x}}',
  ]) {
    const edited = editYaml('a: b\nc: [x]\n', [], { a: text, c: ['x', text] });
    expect(readYaml(edited)).toEqual({ a: text, c: ['x', text] });
  }
});

test('one entry of a file is changed, added or removed without touching the others', () => {
  const text = '# top\na: { x: 1 }\n# about b\nb:\n  x: 2\n';
  expect(editYaml(text, ['b'], { x: 3 })).toBe('# top\na: { x: 1 }\n# about b\nb:\n  x: 3\n');
  expect(editYaml(text, ['c'], { x: 3 })).toBe(`${text}c: { x: 3 }\n`);
  expect(readYaml(editYaml(text, ['a'], undefined))).toEqual({ b: { x: 2 } });
  expect(editYaml('t:\n  a: { x: 1 }\n\nu:\n  b: 1\n', ['t', 'n'], { names: { nl: 'n' } })).toBe(
    't:\n  a: { x: 1 }\n  n:\n    names: { nl: n }\n\nu:\n  b: 1\n',
  );
});
