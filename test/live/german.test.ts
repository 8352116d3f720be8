import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyProject, type LiveServer, openChat, startLive } from './project.ts';

let running: LiveServer;

const answer = (title: string, phrasings: readonly string[], body: string) => `---
title: ${title}
phrasings:
${phrasings.map((phrasing) => `  - ${phrasing}`).join('\n')}
quickReplies: [grooming.help, grooming.signs]
contacts: [child-focus]
sources: []
reviewed: 2026-11-24
state: draft
---
${body}
`;

/** Everything that somebody adds who translates the bot: files, no code. */
async function addGerman(root: string): Promise<void> {
  const write = async (file: string, text: string) => {
    await mkdir(join(root, file, '..'), { recursive: true });
    await writeFile(join(root, file), text);
  };
  const topics = await readFile(join(root, 'knowledge/topics.yaml'), 'utf8');
  await write('knowledge/topics.yaml', topics.replace('locales: [nl, fr, en]', 'locales: [nl, fr, en, de]'));
  await write(
    'locales/de/conversation.json',
    JSON.stringify({
      languageName: 'Deutsch',
      welcome:
        'Hallo! Ich bin der Chatbot von Child Focus. Ruf **{{human}}** an, wenn du lieber mit jemandem sprichst.',
      chooseLanguage:
        'Diese Antwort gibt es noch nicht auf Deutsch. In welcher Sprache möchtest du sie lesen?',
      otherLanguage:
        'Diese Antwort gibt es noch nicht auf Deutsch, deshalb gebe ich sie in einer anderen Sprache.',
    }),
  );
  await write('locales/de/window.json', JSON.stringify({ send: 'Senden' }));
  await write(
    'knowledge/answers/grooming/definition.de.md',
    answer(
      'Was ist Grooming?',
      [
        'was ist grooming',
        'was bedeutet grooming',
        'kannst du mir grooming erklären',
        'was heißt grooming genau',
      ],
      'Grooming: Ein Erwachsener gewinnt online das Vertrauen eines Kindes. Ruf {{contact child-focus}} an.',
    ),
  );
  await write(
    'knowledge/answers/chat/thanks.de.md',
    answer('Danke!', ['danke', 'vielen dank', 'danke schön'], 'Gern geschehen.'),
  );
}

beforeAll(async () => {
  const root = await copyProject();
  await addGerman(root);
  running = await startLive(root);
}, 180_000);
afterAll(() => running?.close());

test('the bot welcomes and answers in German', async () => {
  const chat = await openChat(running.url, 'de');
  const reply = await chat.ask('Was ist Grooming?');
  expect((await chat.replies())[0]?.text).toContain('Ich bin der Chatbot');
  expect(reply).toMatchObject({
    locale: 'de',
    channelData: { answer: { id: 'grooming.definition', locale: 'de' } },
  });
  expect(reply.text).toContain('Ruf 116\u00a0000 an');
});

test('what does not exist in German is offered in the languages that have it, and the choice is remembered', async () => {
  const chat = await openChat(running.url, 'de');
  const first = await chat.ask('Was ist Grooming?');
  const button = first.suggestedActions?.actions[0]?.title ?? '';
  const offer = await chat.ask(button);
  expect(offer).toMatchObject({ locale: 'de', channelData: { answer: null } });
  expect(offer.text).toContain('noch nicht auf Deutsch');
  expect(offer.suggestedActions?.actions.map(({ title }) => title)).toEqual([
    'Nederlands',
    'Français',
    'English',
  ]);

  const chosen = await chat.ask('Français');
  expect(chosen).toMatchObject({
    locale: 'de',
    channelData: { answer: { id: 'grooming.help', locale: 'fr' } },
  });
  expect(chosen.text).toMatch(/^Diese Antwort gibt es noch nicht auf Deutsch/);

  await chat.ask('vielen dank');
  const again = await chat.ask('Was ist Grooming?');
  const next = await chat.ask(again.suggestedActions?.actions[1]?.title ?? '');
  expect(next).toMatchObject({
    locale: 'de',
    channelData: { answer: { id: 'grooming.signs', locale: 'fr' } },
  });
});

test('a call for help does not wait for a choice of language', async () => {
  const chat = await openChat(running.url, 'de');
  await chat.ask('Was ist Grooming?');
  const reply = await chat.ask('i want to kill myself');
  expect(reply.channelData?.answer?.id).toBe('safety.crisis');
});

test('the page speaks German where it can, and the default language elsewhere', async () => {
  const page = (await (await fetch(`${running.url}/chat/config.json?lang=de`)).json()) as {
    locales: { id: string; name: string }[];
    texts: Record<string, string>;
  };
  expect(page.locales.at(-1)).toEqual({ id: 'de', name: 'Deutsch' });
  expect(page.texts.send).toBe('Senden');
  expect(page.texts.exit).toBe('Snel weg');
});
