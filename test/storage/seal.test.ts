import { expect, test } from 'vitest';
import { BrokenSeal, newKey, seal, unseal } from '../../src/storage/index.ts';

test('sealed data open with their key and conversation only', () => {
  const key = newKey();
  const sealed = seal({ text: 'ik ben bang' }, key, 'a');
  expect(Buffer.from(sealed).includes('bang')).toBe(false);
  expect(unseal(sealed, key, 'a')).toEqual({ text: 'ik ben bang' });
  expect(() => unseal(sealed, newKey(), 'a')).toThrow(BrokenSeal);
  expect(() => unseal(sealed, key, 'b')).toThrow(BrokenSeal);
});
