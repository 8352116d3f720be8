import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Brain, createBrain } from '../../src/brain.ts';
import type { Data } from '../../src/editor/data.ts';
import { openEditing } from '../../src/editor/editing.ts';
import { readEntry } from '../../src/editor/entries.ts';
import { openFolder } from '../../src/editor/folder.ts';
import { type Knowledge, loadKnowledge } from '../../src/knowledge/index.ts';
import { learn } from '../../src/understanding/index.ts';
import { NOW, ROOT } from '../helpers.ts';
import { copyProject } from '../live/project.ts';

/** What a guide tells to write: into which file, below which line (at the end where none is named). */
interface Step {
  readonly path: string;
  readonly below: string | undefined;
  readonly text: string;
}

const LOCALES = ['nl', 'fr', 'en'];
const LEARNING = 120_000;

async function guide(locale: string): Promise<string> {
  return readFile(join(ROOT, 'docs', 'staff', `${locale}.md`), 'utf8');
}

function stepsOf(text: string): readonly Step[] {
  return [...text.matchAll(/^```(?:yaml|markdown) (\S+)(?: (.+))?\n([\s\S]*?)^```$/gm)].map(
    ([, path = '', below, block = '']) => ({ path, below, text: block }),
  );
}

/** Does what the guide says, as a person with a text editor would. */
async function follow(root: string, { path, below, text }: Step): Promise<void> {
  const file = join(root, path);
  const old = existsSync(file) ? await readFile(file, 'utf8') : '';
  // Three guides tell of the same entries; who follows one after the other writes them once.
  if (old.includes(text) || (below !== undefined && old.includes(text.split('\n')[0] ?? ''))) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(
    file,
    below === undefined ? old + text : old.replace(`\n${below}\n`, `\n${below}\n${text}`),
  );
}

async function load(root: string): Promise<Knowledge> {
  const loaded = await loadKnowledge(root);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 2));
  return loaded.knowledge;
}

const ask = (brain: Brain, locale: string, question: string) =>
  brain.turn(undefined, question, { locale }).message;

describe('who follows the guide', { timeout: LEARNING }, () => {
  let knowledge: Knowledge;
  let brain: Brain;
  beforeAll(async () => {
    const root = await copyProject();
    for (const locale of LOCALES) {
      const steps = stepsOf(await guide(locale)).filter(
        // The source has another title in each guide, and is added once.
        ({ path }) => locale === 'nl' || !path.endsWith('sources.yaml'),
      );
      for (const step of steps) await follow(root, step);
    }
    knowledge = await load(root);
    brain = createBrain(knowledge, learn(knowledge), { sessionMinutes: 30, now: () => NOW });
  }, LEARNING);

  test.each([
    ['nl', 'hoeveel dossiers sexting in 2026'],
    ['fr', 'combien de dossiers sexting en 2026'],
    ['en', 'how many sexting files in 2026'],
  ])('hears the new figure from the bot (%s)', (locale, question) => {
    const { text, charts, sources } = ask(brain, locale, question);
    expect(text).toContain('123');
    expect(sources.map(({ id }) => id)).toContain('cf-report-2026');
    expect(charts[0]?.bars.at(-1)).toMatchObject({ label: '2026', value: 123 });
  });

  test.each([
    ['nl', 'mijn papa zet overal fotos van mij online', /ouders zetten foto's/],
    ['fr', 'mes parents mettent plein de photos de moi en ligne', /publient des photos/],
    ['en', 'my parents keep putting photos of me online', /put pictures/],
  ])('hears the new topic from the bot, in words that are in no file (%s)', (locale, question, answer) => {
    expect(
      Object.values(knowledge.answers['sharenting.definition'] ?? {}).flatMap(({ phrasings }) => phrasings),
    ).not.toContain(question);
    expect(ask(brain, locale, question).text).toMatch(answer);
  });

  test('gets the same by the forms as by the files', async () => {
    const root = await copyProject();
    const folder = openFolder(root);
    const editing = openEditing(folder);
    const guides = await Promise.all(LOCALES.map(guide));
    const all = guides.flatMap(stepsOf);
    const block = (ending: string) => all.find(({ path }) => path.endsWith(ending))?.text ?? '';
    const written = new Map(all.map(({ path, text }) => [path, text]));
    const topic = parse(block('topics.yaml')).sharenting;
    const answer = readEntry({ kind: 'answers', id: 'sharenting.definition' }, written);
    const source = parse(block('sources.yaml'))['cf-report-2026'];
    const figures = await editing.read({ kind: 'figures', id: 'sexting-files' });
    const values = (figures?.values ?? []) as readonly Data[];
    const [year] = parse(block('sexting-files.yaml'));
    const saves = [
      ['sources', 'cf-report-2026', source],
      ['figures', 'sexting-files', { ...figures, values: [...values, year] }],
      ['topics', 'sharenting', topic],
      ['answers', 'sharenting.definition', answer],
    ] as const;
    for (const [kind, id, entry] of saves) {
      expect(await editing.save({ kind, id }, { id, ...entry }, 'An')).toMatchObject({ ok: true });
    }
    const byForms = await load(root);
    expect(byForms.topics.sharenting).toEqual(knowledge.topics.sharenting);
    expect(byForms.answers['sharenting.definition']).toEqual(knowledge.answers['sharenting.definition']);
    expect(byForms.series['sexting-files']).toEqual(knowledge.series['sexting-files']);
  });
});

test.each(LOCALES)(
  'the guide in %s shows pictures that exist, and has the chapters of the others',
  async (locale) => {
    const text = await guide(locale);
    const pictures = [...text.matchAll(/\]\((images\/[^)]+)\)/g)].map(([, path = '']) => path);
    expect(pictures.length).toBeGreaterThan(3);
    expect(pictures.filter((path) => !existsSync(join(ROOT, 'docs', 'staff', path)))).toEqual([]);
    const chapters = async (one: string) => (await guide(one)).match(/^## /gm)?.length;
    expect(await chapters(locale)).toBe(await chapters('en'));
  },
);
