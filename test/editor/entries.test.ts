import { beforeAll, expect, test } from 'vitest';
import {
  applyChanges,
  type Change,
  type Files,
  KINDS,
  listEntries,
  readEntry,
  removeEntry,
  writeEntry,
} from '../../src/editor/entries.ts';
import { openFolder } from '../../src/editor/folder.ts';
import { ROOT } from '../helpers.ts';

/** So many of each kind are enough to see every shape of entry. */
const SAMPLE = 12;
let files: Files;
beforeAll(async () => {
  files = await openFolder(ROOT).read();
});

const copy = (entry: unknown) => JSON.parse(JSON.stringify(entry));
const withoutEmpty = (entry: unknown) =>
  JSON.parse(JSON.stringify(entry), (_key, value) =>
    Array.isArray(value) && value.length === 0 ? undefined : value,
  );
const entryOf = (kind: (typeof KINDS)[number], id: string) => {
  const entry = readEntry({ kind, id }, files);
  if (!entry) throw new Error(`no ${kind} ${id}`);
  return copy(entry);
};
const onlyText = (changes: readonly Change[]) => {
  expect(changes).toHaveLength(1);
  return changes[0]?.text ?? '';
};
/** Lines that are in one text and not in the other. */
const difference = (before: string, after: string) => {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return { gone: old.filter((line) => !now.includes(line)), came: now.filter((line) => !old.includes(line)) };
};

test.each(KINDS)('saving every entry of %s as it is changes no file', (kind) => {
  const entries = listEntries(kind, files);
  expect(entries.length).toBeGreaterThan(3);
  const changed = entries.filter(([id, entry]) => writeEntry({ kind, id }, copy(entry), files).length > 0);
  expect(changed).toEqual([]);
});

test.each(KINDS)('an entry of %s that is taken away and put back as new holds the same', (kind) => {
  for (const [id, entry] of listEntries(kind, files).slice(0, SAMPLE)) {
    const ref = { kind, id };
    const without = applyChanges(files, removeEntry(ref, files));
    expect(readEntry(ref, without)).toBeUndefined();
    const again = applyChanges(without, writeEntry(ref, copy(entry), without));
    // A list that was empty may be left out: both mean the same.
    expect(withoutEmpty(readEntry(ref, again))).toEqual(withoutEmpty(entry));
  }
});

test('a new year in a series is one new line, and the comment on top stays', () => {
  const entry = entryOf('figures', 'grooming-files');
  entry.values.push({ year: 2024, value: 50, source: 'bx1-2025' });
  const text = onlyText(writeEntry({ kind: 'figures', id: 'grooming-files' }, entry, files));
  const before = files.get('knowledge/figures/grooming-files.yaml') ?? '';
  expect(difference(before, text)).toEqual({
    gone: [],
    came: ['  - { year: 2024, value: 50, source: bx1-2025 }'],
  });
});

test('fields that the form left empty do not appear in the file', () => {
  const entry = entryOf('figures', 'grooming-files');
  entry.values.push({ year: 2024, value: 50, atLeast: false, until: '', source: 'bx1-2025' });
  const text = onlyText(writeEntry({ kind: 'figures', id: 'grooming-files' }, entry, files));
  expect(text).toContain('{ year: 2024, value: 50, source: bx1-2025 }\n');
});

test('a changed number of a contact touches its own line in a file of many', () => {
  const entry = entryOf('contacts', 'reporting');
  entry.values.nl = 'meldpunt.example';
  const text = onlyText(writeEntry({ kind: 'contacts', id: 'reporting' }, entry, files));
  expect(difference(files.get('knowledge/contacts.yaml') ?? '', text).came).toEqual([
    '  values: { nl: meldpunt.example, fr: stopchildporno.be, en: stopchildporno.be }',
  ]);
});

test('a changed text in one language leaves the files of the others alone', () => {
  const entry = entryOf('answers', 'grooming.help');
  entry.fr.body = `${entry.fr.body}\n\nUne phrase de plus.`;
  const [change, ...others] = writeEntry({ kind: 'answers', id: 'grooming.help' }, entry, files);
  expect(others).toEqual([]);
  expect(change?.path).toBe('knowledge/answers/grooming/help.fr.md');
  const before = files.get(change?.path ?? '') ?? '';
  expect(change?.text).toBe(`${before.trimEnd()}\n\nUne phrase de plus.\n`);
});

test('a question put between others gets its own line', () => {
  const entry = entryOf('answers', 'grooming.help');
  entry.nl.phrasings.splice(3, 0, 'zomaar: een vraag');
  const text = onlyText(writeEntry({ kind: 'answers', id: 'grooming.help' }, entry, files));
  const before = files.get('knowledge/answers/grooming/help.nl.md') ?? '';
  expect(difference(before, text)).toEqual({ gone: [], came: ['  - "zomaar: een vraag"'] });
  expect(text.split('\n').indexOf('  - "zomaar: een vraag"')).toBe(6);
});

test('a new answer makes a file for each language that was written, and none for the others', () => {
  const blank = { reviewed: '2026-11-24', state: 'draft' };
  const nl = {
    title: 'Titel',
    phrasings: ['een vraag', 'nog een'],
    contacts: ['child-focus'],
    ...blank,
    body: 'Tekst.\n',
  };
  const changes = writeEntry(
    { kind: 'answers', id: 'grooming.new-one' },
    { nl, fr: { ...blank, title: '' } },
    files,
  );
  expect(changes).toEqual([
    {
      path: 'knowledge/answers/grooming/new-one.nl.md',
      text: '---\ntitle: Titel\nphrasings:\n  - een vraag\n  - nog een\ncontacts: [child-focus]\nreviewed: 2026-11-24\nstate: draft\n---\nTekst.\n',
    },
  ]);
});
