import { beforeAll, describe, expect, test } from 'vitest';
import type { Brain, BrainTurn } from '../../src/brain.ts';
import { openBrain } from '../helpers.ts';

let brain: Brain;
beforeAll(async () => {
  brain = await openBrain();
});

/** Says several things in one conversation; the last turn comes back. */
function talk(locale: string, ...utterances: readonly string[]): BrainTurn {
  let turn: BrainTurn | undefined;
  for (const utterance of utterances) turn = brain.turn(turn?.state, utterance, { locale });
  if (!turn) throw new Error('Say something.');
  return turn;
}

describe('figures', () => {
  test('a year is answered from the data', () => {
    const { message } = talk('nl', 'hoeveel grooming dossiers in 2017?');
    expect(message.answer).toMatchObject({ id: 'grooming.figures', year: 2017 });
    expect(message.plain).toContain('43');
  });

  test('two years are compared', () => {
    const { message } = talk('en', 'grooming figures 2017 vs 2018');
    expect(message.plain).toMatch(/43.*36.*fall of 7.*16\.3%/s);
  });

  test('a year without data is said to be without, with the nearest years', () => {
    const { message } = talk('fr', 'combien de dossiers de grooming en 2016 ?');
    expect(message.plain).toMatch(/2016.*pas de chiffre.*2015.*2017/s);
  });

  test('a year without data comes with the figures of the years around it', () => {
    expect(talk('fr', 'combien de dossiers de grooming en 2016 ?').message.plain).toMatch(
      /En 2015\s: 31.*En 2017\s: 43/s,
    );
  });

  test('a year before the first with data comes with the figure of the first', () => {
    const { message } = talk('en', 'how many sexting files in 2014?');
    expect(message.plain).toMatch(/For 2014 I have no figure.*In 2016: 123 files/s);
    expect(message.sources.map(({ id }) => id)).toContain('hln-2017-10');
  });

  test.each([
    ['nl', 'hoeveel procent meisjes bij de groomingdossiers van 2018?', /meisjes 80%, jongens 20%/],
    [
      'fr',
      'quelle part de filles et de garçons dans les dossiers de grooming de 2018 ?',
      /filles 80\s%, garçons 20\s%/,
    ],
    ['en', 'what share of the 2018 grooming files were boys?', /girls 80%, boys 20%/],
  ])('%s: %j shows the shares of that year beside the figure', (locale, question, shares) => {
    const { message } = talk(locale, question);
    expect(message.plain).toMatch(/2018.*36/s);
    expect(message.plain).toMatch(shares);
  });

  test('the shares of a year that has none are those of the latest year that has, which is named', () => {
    expect(talk('en', 'share of girls in the grooming files of 2022?').message.plain).toMatch(
      /In 2022: 36.*Shares in 2018: girls 80%/s,
    );
  });

  test('a rise after a year is measured to the year after it', () => {
    expect(talk('en', 'did sextortion go up or down after 2017?').message.plain).toMatch(
      /2017.*39.*2018.*46.*rise of 7/s,
    );
  });

  test('a rise in a year is measured from the last year before it that has a figure', () => {
    expect(talk('en', 'did sextortion go up in 2017?').message.plain).toMatch(/In 2015:.*In 2017: 39/s);
  });
});

describe('follow-ups', () => {
  test.each([
    ['nl', ['cijfers grooming', 'en in 2017?'], 'grooming.figures'],
    ['fr', ['chiffres grooming', 'et chez les garçons ?'], 'grooming.victims'],
    ['en', ['someone is blackmailing me with a nude', 'and for a friend?'], 'sextortion.help-other'],
    ['nl', ['cijfers grooming', 'en sextortion?'], 'sextortion.figures'],
    ['nl', ['wat zijn misbruikbeelden', 'waar kan ik dat melden?'], 'reporting.channel'],
  ])('%s: %j asks for %s', (locale, utterances, id) => {
    expect(talk(locale, ...utterances).message.answer?.id).toBe(id);
  });

  test('the subject is forgotten after some turns about other things', () => {
    const others = ['hallo', 'ben je een robot', 'wie is child focus', 'bedankt', 'wat kan je'];
    expect(talk('nl', 'cijfers grooming', ...others, 'en in 2017?').message.answer?.id).not.toBe(
      'grooming.figures',
    );
  });
});

describe('language', () => {
  test('the bot follows when the person switches', () => {
    expect(talk('nl', 'wat is grooming', 'how many reports were there in 2018').message.locale).toBe('en');
  });

  test('a lone shared word does not switch', () => {
    expect(talk('fr', "c'est quoi le sexting", 'grooming').message.locale).toBe('fr');
  });
});

describe('safety', () => {
  test.each([
    ['nl', 'ik wil dood', 'safety.crisis'],
    ['fr', 'jveux mourir', 'safety.crisis'],
    ['en', 'i wanna kms', 'safety.crisis'],
    ['nl', 'i want to kill myself', 'safety.crisis'],
    ['en', 'hij staat voor mijn deur', 'safety.danger'],
    ['fr', 'mon oncle me touche', 'safety.abuse'],
  ])('in a conversation in %s, %j gets %s', (locale, text, id) => {
    expect(talk(locale, 'hallo', text).message.answer?.id).toBe(id);
  });

  test.each([
    ['nl', 'ik lach mij dood'],
    ['fr', 'je suis mort de rire'],
    ['en', 'that test killed me'],
    ['en', 'what is the number of the suicide line'],
  ])('%s: %j is no alarm', (locale, text) => {
    expect(talk(locale, text).message.answer?.id).not.toMatch(/^safety\./);
  });

  test('the person can say that it was not meant', () => {
    const { message } = talk('nl', 'ik wil dood', 'dat bedoel ik niet');
    expect(message.plain).toMatch(/verkeerd begrepen/);
    expect(message.buttons.length).toBeGreaterThan(0);
  });

  test.each(['nl', 'fr', 'en'])('the safe word works in %s and forgets the subject', (locale) => {
    const { message, state } = talk(locale, 'grooming', 'STOP');
    expect(message.contacts[0]?.id).toBe('child-focus');
    expect(state.topic).toBeUndefined();
  });
});

describe('what the bot does not know', () => {
  test('the buttons under "no answer" are those that staff gave it', () => {
    const { quickReplies } = brain.knowledge.answers.fallback?.nl ?? { quickReplies: [] };
    expect(quickReplies).toContain('dialog.get-help');
    const titles = quickReplies.map((id) =>
      id.startsWith('dialog.')
        ? brain.say('nl', `dialogs/${id.slice('dialog.'.length)}:title`)
        : brain.knowledge.answers[id]?.nl?.title,
    );
    expect(talk('nl', 'wat is het recept van cake').message.buttons.map(({ title }) => title)).toEqual(
      titles,
    );
  });

  test('it says so, and offers topics and a human', () => {
    const { message } = talk('nl', 'hoe laat vertrekt de trein naar luik');
    expect(message.answer?.id).toBe('fallback');
    expect(message.plain).toContain('116\u00a0000');
  });

  test('the second time in a row it says it otherwise, the human first', () => {
    const { message } = talk('en', 'what time is the train to antwerp', 'what is the best pizza in town');
    expect(message.plain).toMatch(/still don't understand/);
    expect(message.buttons[0]?.title).toBe(brain.knowledge.answers['child-focus.contact']?.en?.title);
  });
});

describe('odd messages', () => {
  test.each([
    '',
    '   ',
    '😀😀',
    '\u0000\u0007',
    '???',
    'a'.repeat(10_000),
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
  ])('gets a kind answer for %j', (text) => {
    const { message } = talk('nl', text);
    expect(message.text.length).toBeGreaterThan(20);
    expect(message.text).not.toContain('<');
  });
});

test('every button leads to the answer it names, in every language', () => {
  const { knowledge } = brain;
  const lost = Object.values(knowledge.answers)
    .flatMap((answers) => Object.values(answers))
    .filter(({ id, locale, title }) => {
      const given = talk(locale, title).message.answer?.id;
      return given !== id;
    })
    .map(({ id, locale, title }) => `${locale} ${id}: ${title}`);
  expect(lost).toEqual([]);
});

test('what a conversation remembers is closed values, never what was typed', () => {
  const secret = 'Ik ben Emma Peeters uit Gent, 0478 12 34 56, en iemand chanteert mij';
  expect(JSON.stringify(talk('nl', secret).state)).not.toMatch(/Emma|Peeters|Gent|0478/);
});

test.each([
  ['nl', 'ik lach mij dood maar eigenlijk wil ik dood'],
  ['fr', 'morte de rire mais je veux mourir'],
  ['en', 'dying of laughter but honestly i want to die'],
  ['nl', 'ik wil dood, welke hulplijn is er'],
])('%s: a harmless phrase does not silence a real call: %j', (locale, text) => {
  expect(talk(locale, text).message.answer?.id).toBe('safety.crisis');
});

test.each([
  ['nl', 'kijk eens https://voorbeeld.be/x'],
  ['fr', 'https://exemple.be/x'],
  ['en', 'look www.example.org/x'],
])('%s: a link is not opened, and the reply says where to report: %j', (locale, text) => {
  const { message } = talk(locale, text);
  expect(message.plain).toContain('stopchildporno.be');
  expect(message.plain).not.toMatch(/voorbeeld|exemple\.be|example\.org/);
});
