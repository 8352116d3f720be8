import { expect, test } from 'vitest';
import { readOpenings } from '../../../src/web/client/opening.ts';

const topics = { grooming: 'grooming', 'abuse-images': 'images of child sexual abuse' };
const read = (query: string) => readOpenings(new URLSearchParams(query), topics, 'en');

test('a link leads to a topic by its name', () => {
  expect(read('topic=abuse-images').map(({ activity }) => activity)).toEqual([
    { type: 'message', text: 'images of child sexual abuse', locale: 'en' },
  ]);
});

test('a link cannot put words into a person’s mouth', () => {
  expect(read('topic=I+did+it')).toEqual([]);
  expect(read('topic=constructor')).toEqual([]);
});

test('a link begins a dialog and counts a campaign, each under an id that the server keeps once', () => {
  expect(
    read('dialog=quiz&c=poster-gent-2026&topic=grooming').map(({ id, activity }) => [id, activity]),
  ).toEqual([
    [
      'campaign:poster-gent-2026',
      { type: 'event', name: 'campaign', value: { campaign: 'poster-gent-2026' }, locale: 'en' },
    ],
    ['dialog:quiz', { type: 'event', name: 'dialog', value: { dialog: 'quiz' }, locale: 'en' }],
  ]);
});

test('a link without a wish begins nothing', () => {
  expect(read('lang=fr')).toEqual([]);
});
