import { expect, test } from 'vitest';
import { parseBlocks } from '../../src/web/view/markdown.tsx';

test('answers are split into paragraphs and lists', () => {
  expect(parseBlocks('Eerst dit.\n\n1. een\n2. twee\n\n- a\n- b').map(({ kind }) => kind)).toEqual([
    'paragraph',
    'list',
    'list',
  ]);
});
