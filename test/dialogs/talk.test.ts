/** Dialogs as people have them: in their own words, with questions in between. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Brain, BrainTurn } from '../../src/brain.ts';
import { openBrain } from '../helpers.ts';

let brain: Brain;
beforeAll(async () => {
  brain = await openBrain();
});

function talk(locale: string, ...utterances: readonly string[]): BrainTurn {
  let turn: BrainTurn | undefined;
  for (const utterance of utterances) turn = brain.turn(turn?.state, utterance, { locale });
  if (!turn) throw new Error('Say something.');
  return turn;
}

const step = ({ state }: BrainTurn) => state.dialog?.trail.at(-1)?.step;
const remembered = ({ state }: BrainTurn) => state.dialog?.trail.at(-1)?.values;

describe('help, in one’s own words', () => {
  test.each([
    [
      'nl',
      [
        'help me stap voor stap',
        'iemand zegt dat hij mijn foto doorstuurt als ik niet betaal',
        'mij',
        'ja nog altijd',
      ],
      'blackmail-stop',
    ],
    [
      'nl',
      ['help me stap voor stap', 'er gaat een filmpje rond', 'mn beste vriendin', 'nee'],
      'friend-listen',
    ],
    ['fr', ["de l'aide étape par étape", 'un inconnu veut me voir', 'ma fille', 'oui'], 'child'],
    ['en', ['guide me', 'i keep getting dick pics', 'a student in my class', 'nope'], 'pupil'],
  ])('%s: %j', (locale, utterances, expected) => {
    const turn = talk(locale, ...utterances);
    expect(step(turn)?.replace('friend-listen', 'friend')).toBe(expected.replace('friend-listen', 'friend'));
  });

  test('danger leads to the police at once', () => {
    const { message } = talk(
      'nl',
      'help me stap voor stap',
      'chantage',
      'over mij',
      'Ja, en er is nu gevaar',
    );
    expect(message.contacts.map(({ id }) => id)).toEqual(['police', 'emergency', 'child-focus']);
  });

  test('already having paid is met without blame', () => {
    const turn = talk('fr', 'guide-moi', 'chantage', 'moi', 'oui', "j'ai déjà payé");
    expect(turn.message.plain).toContain("Tu n'es pas en faute");
  });

  test('nobody is asked for a name, an age in years, a place or details', () => {
    const asked = Object.values(brain.knowledge.dialogs).flatMap(({ id, steps }) =>
      Object.values(steps).flatMap((one) =>
        one.kind === 'ask'
          ? brain.knowledge.locales.map((locale) => brain.say(locale, `dialogs/${id}:texts.${one.text}`))
          : [],
      ),
    );
    expect(
      asked.filter((text) =>
        /hoe oud|quel âge|how old|hoe heet je|comment tu t'appelles|your name\?|waar woon|où habites|where do you live/i.test(
          text,
        ),
      ),
    ).toEqual([]);
  });
});

describe('a message in between', () => {
  test('in another language is answered in that language, and the dialog goes on in it', () => {
    const turn = talk('nl', 'quiz', 'what is sextortion', 'yes');
    expect(turn.message.locale).toBe('en');
    expect(turn.message.plain).toMatch(/^An adult wins/);
  });

  test('that holds a link is not opened, and the place is kept', () => {
    const turn = talk('nl', 'iets melden', 'https://voorbeeld.be/x');
    expect(turn.message.plain).toContain('stopchildporno.be');
    expect(step(turn)).toBe('what');
  });

  test('a false alarm can be taken back', () => {
    const turn = talk('nl', 'quiz', 'ik wil dood', 'dat bedoel ik niet');
    expect(turn.message.plain).toContain('Hoe heet dat?');
  });

  test('after many other questions the dialog is let go', () => {
    const asked = [
      'wat is grooming',
      'wat is sexting',
      'wat is sextortion',
      'wat is inhope',
      'wie is child focus',
    ];
    expect(talk('nl', 'quiz', ...asked).state.dialog).toBeUndefined();
  });

  test('"yes" after an answer about safety does not go on with a quiz', () => {
    expect(talk('nl', 'quiz', 'ik wil dood', 'ja').message.dialog).toBeUndefined();
  });
});

describe('after a dialog', () => {
  test('its subject is still known', () => {
    const shown = talk(
      'nl',
      'help me stap voor stap',
      'iemand dreigt',
      'een vriend',
      'ja',
      'volgende',
      'volgende',
    );
    expect(shown.message.dialog?.event).toBe('finished');
    const { message } = brain.turn(shown.state, 'en in 2017?', {});
    expect(message.answer).toMatchObject({ id: 'sextortion.figures', year: 2017 });
  });

  test('the subject of before is not forgotten by long questions', () => {
    const quiz = ['quiz', '1', '1', '1', '1', '1', '1', '1', '1', '1', '1'];
    expect(talk('nl', 'cijfers grooming', ...quiz, 'en in 2017?').message.answer).toMatchObject({
      id: 'grooming.figures',
      year: 2017,
    });
  });
});

describe('offers', () => {
  test.each([
    ['sextortion.help', 'get-help'],
    ['reporting.channel', 'report'],
    ['grooming.signs', 'is-this'],
    ['sexting.parents', 'parents'],
    ['reporting.removal', 'remove'],
    ['chat.capabilities', 'quiz'],
    ['figures.overview', 'quiz'],
  ])('the answer %s offers %s, in every language', (answer, dialog) => {
    for (const locale of brain.knowledge.locales) {
      const asked = talk(locale, brain.knowledge.answers[answer]?.[locale]?.title ?? '');
      const title = brain.knowledge.dialogs[dialog]?.sentences[locale]?.[0] ?? '';
      expect(asked.message.buttons.map((button) => button.title)).toContain(title);
      expect(brain.turn(asked.state, title, {}).message.dialog).toEqual({ id: dialog, event: 'started' });
    }
  });

  test.each(['nl', 'fr', 'en'])(
    'the welcome in %s offers help step by step, the quiz and a human',
    (locale) => {
      const titles = brain.welcome(locale).buttons.map(({ title }) => title);
      for (const id of ['get-help', 'quiz'])
        expect(titles).toContain(brain.knowledge.dialogs[id]?.sentences[locale]?.[0]);
      expect(titles).toContain(brain.knowledge.answers['child-focus.contact']?.[locale]?.title);
    },
  );

  test('the words on the buttons under every question are commands in their language', () => {
    const { lexicons, locales } = brain.knowledge;
    const lost = locales.flatMap((locale) =>
      ['back', 'stop', 'human', 'resume']
        .filter(
          (name) =>
            !lexicons[locale]?.commands[name]?.includes(brain.say(locale, `dialogs:${name}`).toLowerCase()),
        )
        .map((name) => `${locale} ${name}`),
    );
    expect(lost).toEqual([]);
  });
});

test('the quiz counts what was right, and is kind about the rest', () => {
  const all = talk(
    'en',
    'quiz',
    'Grooming',
    '1,728',
    'more',
    'whoever forwards the photo',
    'sextortion',
    'tell somebody',
    'more',
    'girls',
    'report it',
    '36',
  );
  expect(all.message.plain).toContain('10 of 10');
  const none = talk(
    'en',
    'quiz',
    'Sexting',
    '3',
    'fewer',
    'nobody',
    'sexting',
    'pay',
    'fewer',
    'boys',
    'keep it',
    '1',
  );
  expect(none.message.plain).toMatch(/of 10.*Thanks for joining in/s);
});

test('an explanation names its source after every question of the quiz', () => {
  let turn = talk('nl', 'quiz');
  while (turn.state.dialog) {
    turn = brain.turn(turn.state, '1', {});
    expect(turn.message.plain).toMatch(/Bron: .+\d{4}/);
  }
});

test('the age asked for a removal is only whether it was before eighteen', () => {
  const turn = talk('nl', 'een beeld laten weghalen', 'ikzelf');
  expect(remembered(turn)).toEqual({});
  expect(turn.message.buttons.map(({ title }) => title).slice(0, 3)).toEqual([
    'Ja, jonger dan 18',
    'Nee, 18 of ouder',
    'Ik weet het niet zeker',
  ]);
});
