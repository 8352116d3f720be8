import { describe, expect, test } from 'vitest';
import { findPersonalData, redact } from '../../src/understanding/personalData.ts';

/** The ways in which Belgians write the same thing. */
const mobile = (n: string) => [
  `0${n}`,
  `0${n.slice(0, 3)} ${n.slice(3, 5)} ${n.slice(5, 7)} ${n.slice(7)}`,
  `0${n.slice(0, 3)}/${n.slice(3, 5)}.${n.slice(5, 7)}.${n.slice(7)}`,
  `0${n.slice(0, 3)}-${n.slice(3, 6)}-${n.slice(6)}`,
  `+32${n}`,
  `+32 ${n.slice(0, 3)} ${n.slice(3, 5)} ${n.slice(5, 7)} ${n.slice(7)}`,
  `0032 ${n.slice(0, 3)} ${n.slice(3, 5)} ${n.slice(5, 7)} ${n.slice(7)}`,
  `+32 (0)${n.slice(0, 3)} ${n.slice(3, 5)} ${n.slice(5, 7)} ${n.slice(7)}`,
];
const landline = (zone: string, rest: string) => [
  `${zone} ${rest.slice(0, 3)} ${rest.slice(3, 5)} ${rest.slice(5)}`,
  `${zone}/${rest.slice(0, 3)}.${rest.slice(3, 5)}.${rest.slice(5)}`,
  `${zone}-${rest.slice(0, 3)}${rest.slice(3)}`,
];
const iban = (n: string) => [
  `BE${n}`,
  `BE${n.slice(0, 2)} ${n.slice(2, 6)} ${n.slice(6, 10)} ${n.slice(10)}`,
  `be${n}`,
];
const national = (n: string) => [
  `${n.slice(0, 2)}.${n.slice(2, 4)}.${n.slice(4, 6)}-${n.slice(6, 9)}.${n.slice(9)}`,
  n,
  `${n.slice(0, 6)}-${n.slice(6, 9)}-${n.slice(9)}`,
];

const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  mobile: [
    '478123456',
    '495987654',
    '468112233',
    '470556677',
    '486001122',
    '499334455',
    '456789012',
    '471200300',
    '484556677',
    '492010203',
    '460123987',
  ].flatMap(mobile),
  landline: [
    ['02', '5123456'],
    ['03', '2345678'],
    ['09', '2233445'],
    ['04', '2221100'],
  ].flatMap(([zone = '', rest = '']) => landline(zone, rest)),
  iban: ['71096123456769', '68539007547034', '43068999999501', '62510007547061', '39103123456719'].flatMap(
    iban,
  ),
  national: [
    '85073003328',
    '93051822361',
    '00012556777',
    '71022912345',
    '09121200185',
    '12040500123',
  ].flatMap(national),
  email: [
    'emma.peeters@gmail.com',
    'lucas_janssens@telenet.be',
    'noor+school@hotmail.be',
    'jean-luc.dubois@skynet.be',
    'm.elkadi@student.kuleuven.be',
    'info@sint-jozef.be',
    'lea.lambert@uliege.be',
    'x12@proximus.be',
    'a.b@voo.be',
    'tom@ugent.be',
    'prof@ecole.be',
    'sara.vdb@outlook.com',
    'adam@scarlet.be',
    'louise.m@icloud.com',
    'yasmine@live.be',
    'wout@vub.be',
    'chloe@hotmail.fr',
    'finn@pandora.be',
    'directie@school.vlaanderen',
    'z@ex.brussels',
  ],
  url: [
    'https://www.instagram.com/emma.p',
    'http://voorbeeld.be/foto',
    'https://t.me/groep123',
    'https://www.tiktok.com/@lucas',
    'https://discord.gg/abcd',
    'www.facebook.com/jean.dubois',
    'https://snapchat.com/add/emma',
    'https://drive.google.com/file/d/1',
    'http://mega.nz/x',
    'https://example.brussels/a?b=c',
    'https://youtu.be/abc',
    'https://wa.me/32478123456',
    'www.voorbeeld.be',
    'https://foto.vlaanderen/x',
    'http://192.168.1.4/x',
    'https://imgur.com/a/b',
    'https://x.com/emma',
    'https://onlyfans.com/z',
  ],
  handle: [
    '@emma.peeters',
    '@lucas_2009',
    '@noor.x',
    '@jeanluc',
    '@el_kadi',
    '@wout.be',
    '@chloe2010',
    '@adam_bxl',
    '@yas.mine',
    '@finn99',
    'snap: emma_p',
    'insta is lucas09',
    'instagram: noor.x',
    'discord: wout#1234',
    'mon insta est chloe_b',
    'snapchat = adam.b',
    'tiktok: finnie',
    'roblox: noob123',
    'ig: lea.l',
    'telegram: tomtom',
  ],
  address: [
    'Kerkstraat 12, 9000 Gent',
    'Stationsstraat 5',
    'Koningin Astridlaan 27',
    'Brusselsesteenweg 120, 1730 Asse',
    'Meir 1 Grotestraat 4',
    'Dorpsplein 3',
    'Antwerpsesteenweg 44b',
    'Bosdreef 9',
    'Molenweg 18',
    'Kapellelei 7',
    'rue de la Gare 14',
    'avenue Louise 200',
    'chaussée de Wavre 88',
    'boulevard du Souverain 25',
    'place du Marché 3',
    "rue de l'Église 9",
    'rue des Combattants 41',
    'avenue des Tilleuls 6, 4000 Liège',
    'rue Haute 77',
    'quai du Commerce 12',
  ],
};
const ALL = Object.entries(EXAMPLES).flatMap(([kind, list]) =>
  list.map((example) => [kind, example] as const),
);

describe('Belgian personal data', () => {
  test('there are two hundred examples or more', () => {
    expect(ALL.length).toBeGreaterThanOrEqual(200);
  });

  test.each(ALL)('%s is found inside a message: %s', (_kind, example) => {
    const redacted = redact(`ik woon hier en mijn gegevens zijn ${example} ok`);
    const secret = example
      .replace(
        /^(?:snap(?:chat)?|(?:mon )?insta(?:gram)?|discord|tiktok|roblox|ig|telegram)\s*(?:is|=|:|est)\s*/i,
        '',
      )
      .replace(/^Meir 1 /, '');
    expect(redacted).not.toContain(secret);
    expect(redacted).toMatch(/\[[a-z-]+\]/);
  });

  test.each([
    'hoeveel meldingen in 2018?',
    'ik ben 14 en hij is 35',
    'bel 116 000 of 112',
    'il veut 500 euros avant demain',
    'in 2017 waren er 1.728 meldingen, in 2016 657',
    'grooming 2017 vs 2018',
    'stopchildporno',
  ])('an ordinary message is left as it is: %s', (text) => {
    expect(findPersonalData(text)).toEqual([]);
  });
});
