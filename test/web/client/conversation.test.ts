import { expect, test } from 'vitest';
import {
  addOwn,
  isWaiting,
  languageOf,
  mark,
  merge,
  type Shown,
  unsent,
} from '../../../src/web/client/conversation.ts';

const reply = { id: 'c|2', type: 'message', text: 'salut', locale: 'fr', from: { id: 'bot', role: 'bot' } };
const echo = {
  id: 'c|1',
  type: 'message',
  text: 'hoi',
  locale: 'nl',
  from: { id: 'me', role: 'user' },
  channelData: { clientActivityID: 'mine' },
};

test('a message of our own that comes back from the server is shown once', () => {
  const shown = merge(addOwn([], 'mine', 'hoi'), [echo, reply]);
  expect(shown.map(({ key, delivery }) => [key, delivery])).toEqual([
    ['mine', 'sent'],
    ['c|2', 'sent'],
  ]);
});

test('activities that come twice are shown once', () => {
  expect(merge(merge([], [reply]), [reply])).toHaveLength(1);
});

test('messages stand in the server’s order, however they come in, and what is under way comes last', () => {
  const shown = merge(merge(addOwn([], 'later', 'en?'), [reply]), [echo]);
  expect(shown.map(({ key }) => key)).toEqual(['mine', 'c|2', 'later']);
});

test('a message that the server has shown stays sent, whatever a lost answer made us believe', () => {
  const shown = mark(merge(addOwn([], 'mine', 'hoi'), [echo]), 'mine', 'failed');
  expect(shown[0]?.delivery).toBe('sent');
});

test('the bot is awaited until it answers, and not after a failed message', () => {
  const asked: readonly Shown[] = addOwn([], 'mine', 'hoi');
  expect(isWaiting(asked)).toBe(true);
  expect(isWaiting(mark(asked, 'mine', 'failed'))).toBe(false);
  expect(isWaiting(merge(asked, [echo, reply]))).toBe(false);
});

test('what was written and not accepted is known', () => {
  const shown = addOwn(merge([], [echo, reply]), 'later', 'en?');
  expect(unsent(shown).map(({ key }) => key)).toEqual(['later']);
});

test('a person’s words are in the language in which the bot answered them', () => {
  const shown = merge([], [echo, reply]);
  expect([languageOf(shown, 0), languageOf(shown, 1)]).toEqual(['fr', 'fr']);
  expect(languageOf(merge([], [echo]), 0)).toBe('nl');
});
