import fc from 'fast-check';
import type { ConversationState } from '../conversation/index.ts';
import { seededRandom } from '../random.ts';
import { mutate } from './bytes.ts';
import { Broken, type Prey, type Target } from './types.ts';

/** What people type, changed a little or a lot, and what nobody would type. */
export function messagesTarget({ brain }: Prey): Target {
  const phrasings = Object.values(brain.knowledge.answers)
    .flatMap((answers) => Object.values(answers))
    .flatMap((answer) => answer.phrasings);
  const typed = fc.tuple(fc.nat(phrasings.length - 1), fc.integer()).map(([index, seed]) => {
    return mutate(Buffer.from(phrasings[index] ?? ''), seededRandom(seed)).toString('utf8');
  });
  const text = fc.oneof(
    { weight: 4, arbitrary: typed },
    fc.constantFrom(...phrasings),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.tuple(fc.string({ maxLength: 5 }), fc.nat(400)).map(([piece, times]) => piece.repeat(times)),
  );
  const turns = fc.array(text, { minLength: 1, maxLength: 4 });
  return {
    name: 'messages',
    weight: 1,
    share: 0.25,
    property: fc.asyncProperty(turns as fc.Arbitrary<unknown>, async (given) => {
      let state: ConversationState | undefined;
      for (const utterance of given as string[]) {
        const turn = brain.turn(state, utterance, {});
        // What the bot remembers must survive being kept as JSON.
        state = JSON.parse(JSON.stringify(turn.state)) as ConversationState;
        if (turn.message.plain.trim() === '') throw new Broken(`No reply to ${JSON.stringify(utterance)}`);
        if (/\{\{|undefined|NaN|\[object/.test(turn.message.text))
          throw new Broken(`A reply with a hole: ${turn.message.text.slice(0, 200)}`);
      }
    }) as Target['property'],
  };
}
