import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyProject, type LiveServer, openChat, save, startLive } from './project.ts';

/** The steps of docs/developers.md, "Adding an aspect". */
const FILES: Readonly<Record<string, readonly [title: string, phrasings: readonly string[], body: string]>> =
  {
    nl: [
      'Verhalen over grooming',
      ['verhalen over grooming', 'vertel wat anderen meemaakten'],
      'Een verhaal.',
    ],
    fr: ['Témoignages sur le grooming', ['témoignages sur le grooming'], 'Un témoignage.'],
    en: ['Stories about grooming', ['stories about grooming', 'what did others go through'], 'A story.'],
  };
let running: LiveServer;

beforeAll(async () => {
  const root = await copyProject();
  for (const [locale, [title, phrasings, body]] of Object.entries(FILES)) {
    const list = phrasings.map((phrasing) => `  - ${phrasing}`).join('\n');
    await save(
      root,
      `knowledge/answers/grooming/stories.${locale}.md`,
      () => `---\ntitle: ${title}\nphrasings:\n${list}\nreviewed: 2026-11-24\nstate: draft\n---\n${body}\n`,
    );
  }
  await save(root, 'knowledge/topics.yaml', (text) =>
    text.replace(
      'aspects:\n',
      'aspects:\n  stories:\n    names: { nl: verhalen, fr: témoignages, en: stories }\n    synonyms: { en: [experiences] }\n',
    ),
  );
  await save(root, 'knowledge/answers/grooming/help.en.md', (text) =>
    text.replace('quickReplies: [', 'quickReplies: [grooming.stories, '),
  );
  running = await startLive(root);
}, 180_000);
afterAll(() => running?.close());

test('a new aspect is reached by its phrasings and by the button of its neighbour, without code', async () => {
  const chat = await openChat(running.url, 'en');
  expect((await chat.ask('what did others go through')).channelData?.answer?.id).toBe('grooming.stories');
  const help = await chat.ask('An adult is approaching me');
  expect(help.suggestedActions?.actions[0]?.title).toBe('Stories about grooming');
});
