import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { likeness, nearestPhrasings } from '../../src/preview/nearest.ts';
import { FileRoster } from '../../src/staff/index.ts';
import { openKnowledge, type RunningServer, startServer } from '../helpers.ts';
import { SMALL_PROJECT } from '../smallProject.ts';

let running: RunningServer;
let cookie: string;
const ORIGIN = 'http://chat.example';

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'preview-'));
  const token = await new FileRoster(folder).add('An', '2026-11-24');
  // The whole check of all files takes half a minute; its words are the same for few.
  running = await startServer({}, { dataFolder: folder, root: SMALL_PROJECT });
  const response = await post('/staff/sign-in?lang=nl', { token });
  cookie = String(response.headers['set-cookie']).split(';')[0] ?? '';
});
afterAll(() => running.server.close());

function post(url: string, form: Record<string, string>) {
  return running.server.inject({
    method: 'POST',
    url,
    headers: {
      host: 'chat.example',
      origin: ORIGIN,
      'content-type': 'application/x-www-form-urlencoded',
      ...(cookie && { cookie }),
    },
    payload: new URLSearchParams(form).toString(),
  });
}
const get = (url: string, as = cookie) =>
  running.server.inject({ url, headers: { host: 'chat.example', ...(as && { cookie: as }) } });

/** The messages that the frames of a page hold. */
function messagesIn(body: string) {
  const frames = [...body.matchAll(/<iframe[^>]* srcdoc="([^"]*)"/g)].map(([, page = '']) =>
    page
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&'),
  );
  return frames.map((page) => JSON.parse(/id="preview">(.*?)<\/script>/.exec(page)?.[1] ?? ''));
}

describe('the preview', () => {
  test('shows what was understood, and the same answer in every language', async () => {
    const { body } = await post('/staff/preview', {
      question: 'hoeveel dossiers grooming waren er in 2018?',
    });
    expect(body).toContain('grooming.figures');
    expect(body).toContain('jaren: 2018');
    const shown = messagesIn(body).map(({ locale, activities }) => [locale, activities.at(-1).text]);
    expect(shown.map(([locale]) => locale)).toEqual(['nl', 'fr', 'en']);
    for (const [, text] of shown) expect(text).toContain('36');
    expect(shown[1]?.[1]).toContain('demande d');
  });

  test('reads a follow-up in the light of the question before it', async () => {
    const alone = await post('/staff/preview', { question: 'en in 2017?' });
    const after = await post('/staff/preview', {
      question: 'en in 2017?',
      before: 'hoeveel dossiers grooming in 2018',
    });
    expect(alone.body).not.toContain('(grooming.figures)');
    expect(after.body).toContain('(grooming.figures)');
  });

  test('names a call for help as such', async () => {
    const { body } = await post('/staff/preview', { question: 'ik wil niet meer leven' });
    expect(body).toMatch(/class="alarm"[^<]*<?[^(]*\(safety\.crisis\)/);
  });

  test('shows any answer by its name', async () => {
    const { body } = await get('/staff/preview?answer=sexting.definition');
    expect(messagesIn(body)[2].activities.at(-1).channelData.answer.id).toBe('sexting.definition');
  });

  test('shows markup in a question as text', async () => {
    const { body } = await post('/staff/preview', {
      question: '</script><script>alert(1)</script><img src=x>',
    });
    expect(body).not.toContain('<script>alert');
    expect(body).not.toContain('<img');
    for (const { activities } of messagesIn(body)) expect(activities.length).toBeGreaterThan(0);
  });

  test.each(['/staff/preview', '/staff/knowledge', '/admin', '/admin/config.json'])(
    '%s is for staff only',
    async (path) => {
      expect((await get(path, '')).statusCode).toBe(401);
    },
  );
});

describe('the state of the knowledge', () => {
  test('has a line for each answer with its review in each language', async () => {
    const { body } = await get('/staff/knowledge');
    const { answers } = await openKnowledge();
    for (const id of Object.keys(answers)) expect(body).toContain(`>${id}</a>`);
    expect(body).toContain('Te bevestigen');
    expect(body).toContain('Geen fouten');
  });
});

describe('the check of everything', () => {
  test('says in the language of the member what a careful reader would find', async () => {
    const { body } = await get('/staff/knowledge?all=1');
    expect(body).toContain('Alles is nagekeken');
    expect(body).not.toContain('href="/staff/knowledge?all=1"');
  }, 240_000);
});

describe('phrasings that look like a question', () => {
  test('are alike from nothing to everything, through typing errors', () => {
    expect(likeness('wat is grooming', 'wat is grooming?')).toBe(1);
    expect(likeness('wat is grooming', 'hoe laat is het')).toBeLessThan(
      likeness('wat is grooming', 'wa is groming'),
    );
    expect(likeness('wat', 'xyz')).toBe(0);
  });

  test('are found best first', async () => {
    const { answers } = await openKnowledge();
    const answer = answers['grooming.help']?.nl;
    if (!answer) throw new Error('no answer');
    const [first] = nearestPhrasings('een man van 40 wil me zien', answer, 1);
    expect(first?.phrasing).toBe('ben 13 en een man van 40 wil me zien');
  });
});
