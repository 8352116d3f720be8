/** Whatever people do, in whatever order: never stuck, never an error, a human within two turns. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Brain, BrainTurn } from '../../src/brain.ts';
import { openBrain } from '../helpers.ts';
import { begin, everyDialog, labelOf, position, say } from './helpers.ts';

let brain: Brain;
beforeAll(async () => {
  brain = await openBrain();
});

/** One thing a person may do: tap a button of the last reply, or type something. */
type Deed = { readonly tap: number } | { readonly type: string };

const TYPED = [
  'terug',
  'retour',
  'go back',
  'stoppen',
  'ja',
  'non',
  'ok',
  '2',
  'de derde',
  'STOP',
  'opnieuw',
  'recommencer',
  'dat bedoel ik niet',
  'verdergaan',
  'wat is grooming',
  'et en 2017 ?',
  'ik wil dood',
  'my uncle touches me',
  'quiz',
  'help me step by step',
  'https://example.org/x',
  '',
  '😀',
  'mijn dochter',
  'someone wants money',
  'blabla',
];

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: fc.nat(12).map((tap) => ({ tap })) },
  { weight: 3, arbitrary: fc.constantFrom(...TYPED).map((type) => ({ type })) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }).map((type) => ({ type })) },
);

function does(turn: BrainTurn, one: Deed): BrainTurn {
  if ('type' in one) return say(brain, turn.state, one.type);
  const { buttons } = turn.message;
  return say(brain, turn.state, buttons[one.tap % Math.max(1, buttons.length)]?.value ?? '');
}

/** A number to call is in the words, or one tap away in a card. */
const hasHuman = ({ message }: BrainTurn) =>
  message.contacts.length > 0 || message.plain.includes('116\u00a0000');

test('no order of taps and words gets anybody stuck', () => {
  const all = everyDialog(brain);
  fc.assert(
    fc.property(fc.nat(all.length - 1), fc.array(deed, { maxLength: 25 }), (which, deeds) => {
      const { dialog, locale } = all[which] as (typeof all)[number];
      let turn = begin(brain, dialog, locale);
      for (const one of deeds) {
        turn = does(turn, one);
        expect(turn.message.text).not.toBe('');
        expect(turn.message.text).not.toMatch(/\{\{|undefined|dialogs\/|dialogs:/);
        // Where a question is open, there is always something to tap.
        if (position(turn.state) !== undefined) expect(turn.message.buttons.length).toBeGreaterThan(0);
        // The state survives being kept as JSON.
        turn = { ...turn, state: JSON.parse(JSON.stringify(turn.state)) };
      }
      const human = say(brain, turn.state, labelOf(brain, turn.message.locale, 'human'));
      expect(hasHuman(human) || hasHuman(say(brain, human.state, '116 000'))).toBe(true);
    }),
    { numRuns: 150, seed: 116000 },
  );
});

test('what is remembered stays small and holds nothing that was typed', () => {
  const secret = 'Emma Peeters 0478 12 34 56';
  fc.assert(
    fc.property(fc.array(fc.nat(8), { minLength: 5, maxLength: 60 }), (taps) => {
      let turn = say(brain, brain.turn(undefined, 'quiz', { locale: 'nl' }).state, secret);
      for (const tap of taps) turn = does(turn, { tap });
      const kept = JSON.stringify(say(brain, turn.state, secret).state);
      expect(kept).not.toMatch(/Emma|Peeters|0478/);
      expect(kept.length).toBeLessThan(6000);
    }),
    { numRuns: 30, seed: 116000 },
  );
});
