import { type Faker, fakerEN, fakerFR_BE, fakerNL_BE } from '@faker-js/faker';
import { beforeAll, describe, expect, test } from 'vitest';
import { type StripRules, strip } from '../../../src/insights/questions/strip.ts';
import { vocabularyOf } from '../../../src/insights/questions/vocabulary.ts';
import type { Knowledge } from '../../../src/knowledge/index.ts';
import { normalise } from '../../../src/understanding/index.ts';
import { openBrain } from '../../helpers.ts';

let rules: StripRules;
let everyday: ReadonlySet<string>;
beforeAll(async () => {
  const { knowledge, say } = await openBrain();
  const introductions = knowledge.locales.flatMap((locale) =>
    normalise(say(locale, 'insights:nameIntroductions')).split(' '),
  );
  rules = { vocabulary: await vocabularyOf(knowledge), introductions: new Set(introductions) };
  everyday = everydayWords(knowledge);
});

/** Words of so many answers that they lead to nobody, even where they are a name too ("van", "la", "will", "klein"). */
function everydayWords({ answers }: Knowledge): ReadonlySet<string> {
  const inAnswers = new Map<string, number>();
  for (const inLocales of Object.values(answers)) {
    const text = Object.values(inLocales).flatMap(({ phrasings }) => phrasings);
    for (const word of new Set(text.flatMap((phrasing) => normalise(phrasing).split(' '))))
      inAnswers.set(word, (inAnswers.get(word) ?? 0) + 1);
  }
  return new Set([...inAnswers].filter(([, count]) => count >= 5).map(([word]) => word));
}

interface Person {
  readonly first: string;
  readonly last: string;
  readonly phone: string;
  readonly email: string;
  readonly handle: string;
  readonly street: string;
  readonly town: string;
  readonly school: string;
  readonly iban: string;
  readonly national: string;
  readonly url: string;
  readonly age: string;
}

/** A made-up person from name, street and town lists that the rules were not made from. */
function invent(faker: Faker, places: Faker): Person {
  const digits = (pattern: string) => pattern.replace(/#/g, () => String(faker.number.int(9)));
  const [first, last] = [faker.person.firstName(), faker.person.lastName()];
  const town = places.location.city();
  return {
    first,
    last,
    phone: digits(
      faker.helpers.arrayElement([
        '04## ## ## ##',
        '+32 4## ## ## ##',
        '04########',
        '0#/###.##.##',
        '0032 4## ######',
      ]),
    ),
    email: faker.internet.email({ firstName: first, lastName: last }),
    handle: faker.helpers.arrayElement([
      `@${first.toLowerCase()}.${digits('##')}`,
      faker.internet.username({ firstName: first, lastName: last }),
      `${first.toLowerCase()}_x_${digits('##')}`,
    ]),
    street: `${places.location.street()} ${digits('##')}`,
    town: `${digits('####')} ${town}`,
    school: faker.helpers.arrayElement([`Sint-${first}college`, `Athénée Royal de ${town}`, `GO! ${town}`]),
    iban: digits('BE## #### #### ####'),
    national: digits('##.##.##-###.##'),
    url: `https://www.insta.example/${first.toLowerCase()}`,
    age: digits('1#'),
  };
}

/** Messages as people write them when they say too much, in three languages. */
const MESSAGES: readonly ((p: Person) => string)[] = [
  (p) => `hallo ik ben ${p.first} ${p.last} en iemand chanteert mij, bel mij op ${p.phone}`,
  (p) => `mijn naam is ${p.first} ik woon in de ${p.street}, ${p.town} en ik krijg rare berichten`,
  (p) => `${p.first} ${p.last} stuurt mijn foto rond op school ${p.school}, zijn insta is ${p.handle}`,
  (p) => `kan iemand mij helpen? mail naar ${p.email} of ${p.phone}. groetjes ${p.first}`,
  (p) => `hij moet geld op ${p.iban} anders deelt hij mijn foto, zijn naam is ${p.first} ${p.last}`,
  (p) => `Mijn dochter ${p.first} (${p.age} jaar, ${p.national}) zit op ${p.school} in ${p.town}`,
  (p) => `je m'appelle ${p.first} ${p.last}, j'habite ${p.street} à ${p.town} et on me menace`,
  (p) => `mon snap c'est ${p.handle} et mon numéro ${p.phone}, quelqu'un a ma photo`,
  (p) => `${p.first} de l'école ${p.school} a partagé ma photo, son compte est ${p.handle}`,
  (p) => `Ma fille s'appelle ${p.first}. Elle a ${p.age} ans. Écrivez-moi : ${p.email}, ${p.url}`,
  (p) => `il veut de l'argent sur ${p.iban}, c'est ${p.first} ${p.last} de ${p.town}`,
  (p) => `hi my name is ${p.first} ${p.last} and i live at ${p.street} in ${p.town}`,
  (p) => `a boy called ${p.first} has my pictures, his snapchat is ${p.handle}, my number is ${p.phone}`,
  (p) => `I'm at ${p.school}. ${p.first} ${p.last} shared my nudes. Email me ${p.email} ${p.url}`,
  (p) =>
    `iemand deelt mijn foto ${p.first.toLowerCase()} ${p.last.toLowerCase()} ${p.town.toLowerCase()} help`,
  (p) => `IK BEN ${p.first.toUpperCase()} ${p.last.toUpperCase()} EN IEMAND STUURT MIJ RARE FOTO'S`,
  (p) => `${p.first.toLowerCase()} van ${p.school.toLowerCase()} chanteert mij met mijn foto`,
];
const PEOPLE_PER_LIST = 60;

describe('what is kept of a message', () => {
  test.each([
    ['nl_BE', fakerNL_BE, fakerNL_BE],
    ['fr_BE', fakerFR_BE, fakerFR_BE],
    // Who writes English here lives in Belgium too.
    ['en', fakerEN, fakerNL_BE],
  ] as const)(
    'holds no name, number, handle, address or school of its writer (%s)',
    (_list, faker, places) => {
      faker.seed(20261124);
      places.seed(20261124);
      let usable = 0;
      for (let i = 0; i < PEOPLE_PER_LIST; i++) {
        const person = invent(faker, places);
        const secrets = Object.values(person)
          .flatMap((text) => normalise(text).split(' '))
          .filter((word) => word.length > 2 && !everyday.has(word));
        for (const write of MESSAGES) {
          const message = write(person);
          const kept = strip(message, rules);
          if (kept === undefined) continue;
          usable += 1;
          const words = normalise(kept).split(' ');
          const leaked = secrets.filter((secret) => words.includes(secret));
          // A word of the frame ("naam", "insta") may also be a part of the school or the address.
          const frame = normalise(write(mute)).split(' ');
          expect(
            leaked.filter((word) => !frame.includes(word)),
            `${message} → ${kept}`,
          ).toEqual([]);
          expect(kept).not.toMatch(/\d|@|https?/);
        }
      }
      // The test would prove nothing if everything were thrown away.
      expect(usable).toBeGreaterThan((PEOPLE_PER_LIST * MESSAGES.length) / 2);
    },
  );

  test.each([
    ['wat moek doen als iemand mij chanteert', 'wat moek doen als iemand mij chanteert'],
    ["C'est grave si j'ai envoyé une photo ?", "c'est grave si j'ai envoyé une photo"],
    ['is it ok to send a picture to my friend', 'is it ok to send a picture to my friend'],
  ])('is what staff need: %s', (message, kept) => {
    expect(strip(message, rules)).toBe(kept);
  });

  test('is nothing where nearly nothing is left', () => {
    expect(strip('Jan Peeters Kerkstraat Gent', rules)).toBeUndefined();
    expect(strip('', rules)).toBeUndefined();
  });

  test('reads a message all in capitals', () => {
    expect(strip('IEMAND CHANTEERT MIJ', rules)).toBe('iemand chanteert mij');
  });
});

const mute: Person = {
  first: '',
  last: '',
  phone: '',
  email: '',
  handle: '',
  street: '',
  town: '',
  school: '',
  iban: '',
  national: '',
  url: '',
  age: '',
};
