import { describe, expect, test } from 'vitest';
import { FALLBACK } from '../../src/knowledge/index.ts';
import { isUrgent } from '../../src/understanding/safety.ts';
import { openBrain } from '../helpers.ts';

async function safetyOf(text: string, locale: string) {
  const brain = await openBrain();
  return brain.turn(undefined, text, { locale }).understanding.safety?.id;
}

/** No phrase of these is an alarm by itself; they are neither phrasings nor calls that were learnt. */
describe('a call for help that is told between the lines is heard', () => {
  test.each([
    ['nl', 'ik heb mijn hamster aan mijn nichtje gegeven, die zal er beter voor zorgen als ik weg ben'],
    ['nl', 'mijn turnleraar blijft altijd staan als wij ons omkleden en vorige week moest ik alleen blijven'],
    ['fr', "j'ai donné ma guitare à mon frère, là où je vais j'en aurai plus besoin"],
    ['fr', "le copain de maman vient s'asseoir sur mon lit la nuit et je dois rien dire"],
    ['en', 'i gave my guitar to my brother, where i am going i wont need it'],
    ['en', 'mums boyfriend sits on my bed at night and says its our secret'],
  ])('%s: %j', async (locale, text) => {
    expect(isUrgent((await safetyOf(text, locale)) ?? '')).toBe(true);
  });
});

describe('an ordinary story in the same words raises no alarm', () => {
  test.each([
    ['nl', 'ik heb mijn oude gitaar aan mijn broer gegeven want ik krijg een nieuwe voor mijn verjaardag'],
    ['nl', 'onze turnleraar is ziek en volgende week moeten we alleen oefenen voor de wedstrijd van mei'],
    ['fr', "j'ai donné mon vieux vélo à mon cousin parce que j'en reçois un neuf à la Saint-Nicolas"],
    ['fr', 'le copain de ma sœur vient manger ce soir et je ne sais pas quoi cuisiner'],
    ['en', 'i gave my old guitar to my brother because i get a new one for my birthday'],
    ['en', "my sister's boyfriend is coming over tonight and i have no idea what to cook"],
  ])('%s: %j', async (locale, text) => {
    expect(await safetyOf(text, locale)).toBeUndefined();
  });
});

/** One in so many lines of the long lists is asked. */
const EVERY = 20;

describe.each(['nl', 'fr', 'en'])(
  'what staff wrote in the lists of calls in %s is heard word for word',
  (locale) => {
    async function writtenCalls() {
      const { knowledge } = await openBrain();
      return Object.entries(knowledge.calls[locale] ?? {}).flatMap(([id, texts]) =>
        texts.filter((_, i) => i % EVERY === 0).map((text) => ({ id, text })),
      );
    }

    test('a call gets the answer under which it stands', async () => {
      for (const { id, text } of await writtenCalls()) {
        if (id !== FALLBACK) expect(await safetyOf(text, locale), text).toBe(id);
      }
    });

    test('a message that only sounds like one raises no alarm', async () => {
      for (const { id, text } of await writtenCalls()) {
        if (id === FALLBACK) expect(await safetyOf(text, locale), text).toBeUndefined();
      }
    });
  },
);

test.each([
  ['nl', 'dat bedoel ik niet'],
  ['fr', "ce n'est pas ce que je voulais dire"],
  ['en', "that's not what i meant"],
])('%s: %j takes an alarm back and raises none', async (locale, text) => {
  expect(await safetyOf(text, locale)).toBeUndefined();
});
