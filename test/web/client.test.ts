import { expect, test } from 'vitest';
import { addOwn, isWaiting, mark, merge, type Shown } from '../../src/web/client/conversation.ts';
import { parseBlocks } from '../../src/web/view/markdown.tsx';

const reply = { id: 'c|2', type: 'message', text: 'hallo', locale: 'nl', from: { id: 'bot', role: 'bot' } };
const echo = {
  id: 'c|1',
  type: 'message',
  text: 'hoi',
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

test('the bot is awaited until it answers, and not after a failed message', () => {
  const asked: readonly Shown[] = addOwn([], 'mine', 'hoi');
  expect(isWaiting(asked)).toBe(true);
  expect(isWaiting(mark(asked, 'mine', 'failed'))).toBe(false);
  expect(isWaiting(merge(asked, [reply]))).toBe(false);
});

test('answers are split into paragraphs and lists', () => {
  expect(parseBlocks('Eerst dit.\n\n1. een\n2. twee\n\n- a\n- b').map(({ kind }) => kind)).toEqual([
    'paragraph',
    'list',
    'list',
  ]);
});
