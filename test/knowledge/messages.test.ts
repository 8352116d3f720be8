import { expect, test } from 'vitest';
import { inLanguage, messagesIn, problem, STAFF_LANGUAGES } from '../../src/knowledge/index.ts';

/** Every text with its path, and the values it names. */
function texts(value: unknown, path = ''): [string, string[]][] {
  if (typeof value === 'string') return [[path, (value.match(/\{\{[\w.]+\}\}/g) ?? []).sort()]];
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

test.each(STAFF_LANGUAGES)(
  'staff find every message in %s, with the same values as in English',
  (language) => {
    const english = new Map(texts(messagesIn('en')));
    const own = new Map(texts(messagesIn(language)));
    expect([...own.keys()]).toEqual([...english.keys()]);
    for (const [path, values] of own) {
      // A name may be said twice in one language and once in another.
      expect([...new Set(values)], path).toEqual([...new Set(english.get(path))]);
    }
  },
);

test('a problem is worded anew in another language, with its values', () => {
  const one = problem('error', 'unknown-contact', { file: 'x' }, { name: 'chlid', near: 'child|child-site' });
  expect(one.mend).toContain('Did you mean child or child-site?');
  expect(inLanguage(one, 'nl').message).toBe('Er is geen contact dat "chlid" heet.');
  expect(inLanguage(one, 'fr').mend).toContain('Vouliez-vous dire child ou child-site ?');
});

test('a value that looks like a value of ours stays as it stands in the file', () => {
  expect(problem('error', 'dead-reference', { file: 'x' }, { reference: '{{name}}' }).message).toContain(
    '{{name}}',
  );
});
