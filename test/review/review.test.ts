import { expect, test } from 'vitest';
import { buildKnowledge, type Memo, type Problem, type ReadFiles } from '../../src/knowledge/index.ts';
import { type Agreed, agreedNow, overview, readStandards, review } from '../../src/review/index.ts';
import { openKnowledge } from '../helpers.ts';
import { shippedFiles } from '../knowledge/spoil.ts';

const SIGNS = 'knowledge/answers/grooming/signs';
const NOW = new Date('2026-11-24T12:00:00Z');
type Change = readonly [file: string, from: string | RegExp, to: string];

/** What the review says of files after some changes, beyond what it says of the shipped ones. */
async function reviewed(changes: readonly Change[], options: { now?: Date; agreed?: Agreed } = {}) {
  const shipped = await shippedFiles();
  const files = shipped.files.map((file) => {
    const text = changes
      .filter(([name]) => name === file.path)
      .reduce((before, [, from, to]) => before.replace(from, to), file.text);
    return { ...file, text };
  });
  known ??= new Set(found(shipped, {}).map(keyOf));
  const before = known;
  return found({ files, problems: [] }, options).filter((one) => !before.has(keyOf(one)));
}

let known: ReadonlySet<string> | undefined;
const memo: Memo = new Map();
const keyOf = ({ code, file, text }: Problem) => `${code} ${file} ${text}`;

function found(read: ReadFiles, { now = NOW, agreed = {} }: { now?: Date; agreed?: Agreed }) {
  const loaded = buildKnowledge(read, memo);
  const standards = readStandards(read.files);
  if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
  if (!standards.ok) throw new Error(standards.problems[0]?.message);
  const { knowledge, places } = loaded;
  return review({ knowledge, places, standards: standards.standards, agreed, now });
}

test.each<[string, Change, Partial<Problem>]>([
  [
    'a sentence of more than twenty words',
    [`${SIGNS}.nl.md`, 'Voelt het raar?', `${'Woord '.repeat(20)}raar?`],
    { code: 'long-sentence', values: { words: 21, limit: 20 } },
  ],
  [
    'a word that we do not use',
    [`${SIGNS}.nl.md`, 'Voelt het raar?', 'Stuurt hij kinderporno?'],
    { code: 'discouraged-word', text: 'kinderporno' },
  ],
  [
    'a word that we do not use, in a sentence of the bot',
    ['locales/fr/conversation.json', /"nothingSaid": "/, '"nothingSaid": "Pédopornographie ? '],
    { code: 'discouraged-word', file: 'locales/fr/conversation.json', text: 'Pédopornographie' },
  ],
  [
    'a figure typed in digits',
    [`${SIGNS}.en.md`, /\n$/, '\n\nIn 2018 there were 1,728 reports.\n'],
    {
      code: 'typed-number',
      text: '1,728',
      values: { number: '1,728', reference: '{{figure abuse-image-reports 2018}}' },
    },
  ],
  [
    'a figure typed in words',
    [`${SIGNS}.fr.md`, /\n$/, '\n\nEn 2018, trente-six dossiers.\n'],
    {
      code: 'typed-number',
      text: 'trente-six',
      values: { number: 'trente-six', reference: '{{figure grooming-files 2018}}' },
    },
  ],
  [
    'a phone number typed in a text',
    [`${SIGNS}.nl.md`, '{{contact child-focus}}', '116000'],
    {
      code: 'typed-contact',
      text: '116000',
      values: { value: '116000', reference: '{{contact child-focus}}' },
    },
  ],
  [
    'a web address typed in a text',
    [`${SIGNS}.nl.md`, 'Voelt het raar?', 'Kijk op stopchildporno.be.'],
    { code: 'typed-contact', text: 'stopchildporno.be' },
  ],
  [
    'a figure whose source is not named',
    [`${SIGNS}.nl.md`, 'Voelt het raar?', 'Het waren er {{figure grooming-files 2018}}.'],
    { code: 'figure-without-source', text: '{{figure grooming-files 2018}}' },
  ],
  [
    'too few phrasings',
    [`${SIGNS}.en.md`, /phrasings:\n( {2}- .*\n)+/, 'phrasings:\n  - how to spot it\n'],
    { code: 'few-phrasings', values: { count: 1, minimum: 15 } },
  ],
  [
    'a translation that is older than its source',
    [`${SIGNS}.nl.md`, 'reviewed: 2026-11-24', 'reviewed: 2026-11-25'],
    { code: 'stale-translation', file: `${SIGNS}.fr.md` },
  ],
  [
    'a sentence that one language lacks',
    ['locales/en/window.json', /\n {2}"exit": .*/, ''],
    { code: 'missing-sentences', file: 'locales/en/window.json' },
  ],
])('%s is found, with its place', async (_name, change, expected) => {
  const problems = await reviewed([change]);
  expect(problems).toEqual(expect.arrayContaining([expect.objectContaining(expected)]));
  expect(problems.every(({ severity, line }) => severity === 'warning' && line > 0)).toBe(true);
});

test('what only looks like one of these is left alone', async () => {
  const problems = await reviewed([
    [`${SIGNS}.nl.md`, 'Voelt het raar?', 'Ben je nog geen 36 jaar, of zesendertig jaar?'],
    [`${SIGNS}.nl.md`, 'phrasings:\n', 'phrasings:\n  - is grooming ook kinderporno of niet\n'],
    [`${SIGNS}.en.md`, /\n$/, '\n\nSee {{contact reporting}}.\n'],
    ['knowledge/answers/abuse-images/term.en.md', /\n$/, '\n\nNot child pornography.\n'],
  ]);
  expect(problems).toEqual([]);
});

test('a text that nobody reviewed for a year, and a contact for half a year, are overdue', async () => {
  const codes = async (now: string) => {
    const problems = await reviewed([], { now: new Date(now) });
    return new Set(problems.map(({ code, file }) => `${code} ${file.endsWith('.md') ? 'answer' : file}`));
  };
  expect(await codes('2027-05-23')).toEqual(new Set());
  expect(await codes('2027-05-24')).toEqual(new Set(['review-overdue knowledge/contacts.yaml']));
  expect(await codes('2027-11-24')).toEqual(
    new Set(['review-overdue knowledge/contacts.yaml', 'review-overdue answer']),
  );
});

test('a source that changed while its translations did not makes them stale, even where nobody set the date', async () => {
  const agreed = agreedNow(await openKnowledge(), 'nl', {});
  const stale = (changes: readonly Change[]) =>
    reviewed(changes, { agreed }).then((all) => all.filter(({ code }) => code === 'stale-translation'));
  const dutch: Change = [`${SIGNS}.nl.md`, 'Voelt het raar?', 'Voelt het vreemd?'];
  const french: Change = [`${SIGNS}.fr.md`, /\n$/, '\n\nUn mot de plus.\n'];
  const english: Change = [`${SIGNS}.en.md`, /\n$/, '\n\nOne word more.\n'];
  expect((await stale([dutch])).map(({ file }) => file)).toEqual([`${SIGNS}.en.md`, `${SIGNS}.fr.md`]);
  expect((await stale([dutch, french])).map(({ file }) => file)).toEqual([`${SIGNS}.en.md`]);
  expect(await stale([dutch, french, english])).toEqual([]);
  expect(await stale([french])).toEqual([]);
});

test('the table shows every answer of every topic with its state in each language', async () => {
  const knowledge = await openKnowledge();
  const lines = overview(knowledge, 'fr').split('\n');
  const header = (lines[0] ?? '').trim().split(/\s+/);
  for (const topic of Object.keys(knowledge.topics)) {
    const cells = (lines.find((line) => line.startsWith(`${topic} `)) ?? '').split(/\s+/).slice(1);
    const count = header.filter((aspect) => `${topic}.${aspect}` in knowledge.answers).length;
    expect(cells).toHaveLength(count);
    expect(cells.every((cell) => /^[ACD]{3}$/.test(cell))).toBe(true);
  }
  expect(lines.join('\n')).toContain('à confirmer');
});
