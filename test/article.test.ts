/** Every number and definition of the article of June 2019 comes out of the chat, in each language. */
import { expect, test } from 'vitest';
import { openBrain } from './helpers.ts';

interface Fact {
  readonly what: string;
  readonly nl: string;
  readonly fr: string;
  readonly en: string;
  /** Digits, without separators. */
  readonly numbers?: readonly string[];
  readonly words?: Readonly<Record<'nl' | 'fr' | 'en', RegExp>>;
}

const FACTS: readonly Fact[] = [
  {
    what: 'reports in 2018',
    nl: 'hoeveel meldingen van misbruikbeelden in 2018?',
    fr: "combien de signalements d'images d'abus en 2018 ?",
    en: 'how many reports of abuse images in 2018?',
    numbers: ['1728'],
  },
  {
    what: 'reports in 2017',
    nl: 'hoeveel meldingen van misbruikbeelden in 2017?',
    fr: "combien de signalements d'images d'abus en 2017 ?",
    en: 'how many reports of abuse images in 2017?',
    numbers: ['746'],
  },
  {
    what: 'the campaign',
    nl: 'vertel over de campagne',
    fr: 'parle-moi de la campagne de child focus',
    en: 'tell me about the child focus campaign',
    numbers: ['2017', '2018', '500000'],
    words: { nl: /prijzen/, fr: /prix/, en: /prizes/ },
  },
  {
    what: 'the analysts',
    nl: 'wie analyseert de meldingen?',
    fr: 'qui analyse les signalements ?',
    en: 'who analyses the reports?',
    numbers: ['6', '2017', '4'],
  },
  {
    what: 'a Belgian site',
    nl: 'wat gebeurt er na een melding?',
    fr: 'que se passe-t-il après un signalement ?',
    en: 'what happens after a report?',
    words: { nl: /federale politie/, fr: /police fédérale/, en: /Federal Police/ },
  },
  {
    what: 'a foreign site',
    nl: 'wat gebeurt er na een melding?',
    fr: 'que se passe-t-il après un signalement ?',
    en: 'what happens after a report?',
    numbers: ['52'],
    words: { nl: /INHOPE/, fr: /INHOPE/, en: /INHOPE/ },
  },
  {
    what: 'the three aims',
    nl: 'wat is het doel van een melding?',
    fr: "quel est le but d'un signalement ?",
    en: 'what is the aim of a report?',
    words: {
      nl: /daders aanhouden.*slachtoffers identificeren.*verwijderen/s,
      fr: /arrêter les auteurs.*identifier les victimes.*retirer/s,
      en: /arrest the offenders.*identify the victims.*removed/s,
    },
  },
  {
    what: 'sexting files',
    nl: 'cijfers sexting',
    fr: 'chiffres sexting',
    en: 'sexting figures',
    numbers: ['114', '135'],
  },
  {
    what: 'sexting defined',
    nl: 'wat is sexting',
    fr: "c'est quoi le sexting",
    en: 'what is sexting',
    words: { nl: /van jezelf maken en delen/, fr: /de soi-même/, en: /of yourself/ },
  },
  {
    what: 'harassment files',
    nl: 'hoeveel dossiers over online seksuele intimidatie in 2018?',
    fr: 'combien de dossiers de harcèlement sexuel en ligne en 2018 ?',
    en: 'how many files on online sexual harassment in 2018?',
    numbers: ['18'],
    words: {
      nl: /ongewenst met andere jongeren/,
      fr: /partagés avec d'autres jeunes sans/,
      en: /shared with other young people/,
    },
  },
  {
    what: 'grooming files',
    nl: 'cijfers grooming',
    fr: 'chiffres grooming',
    en: 'grooming figures',
    numbers: ['36', '43'],
  },
  {
    what: 'grooming defined',
    nl: 'wat is grooming',
    fr: "c'est quoi le grooming",
    en: 'what is grooming',
    words: {
      nl: /volwassene.*manipuleert.*seksueel contact/s,
      fr: /adulte.*manipule.*contact sexuel/s,
      en: /adult.*manipulates.*sexual contact/s,
    },
  },
  {
    what: 'girls and boys in grooming',
    nl: 'wie zijn de slachtoffers van grooming',
    fr: 'qui sont les victimes de grooming',
    en: 'who are the victims of grooming',
    numbers: ['80', '20'],
    words: { nl: /misvatting/, fr: /erreur/, en: /misconception/ },
  },
  {
    what: 'sextortion reports',
    nl: 'cijfers sextortion',
    fr: 'chiffres sextorsion',
    en: 'sextortion figures',
    numbers: ['46', '39'],
  },
  {
    what: 'sextortion defined',
    nl: 'wat is sextortion',
    fr: "c'est quoi la sextorsion",
    en: 'what is sextortion',
    words: {
      nl: /seksuele uitbuiting.*dwang die niet lichamelijk/s,
      fr: /exploitation sexuelle.*contrainte qui n'est pas physique/s,
      en: /sexual exploitation.*force that is not physical/s,
    },
  },
  {
    what: 'mostly boys in sextortion',
    nl: 'wie zijn de slachtoffers van sextortion',
    fr: 'qui sont les victimes de sextorsion',
    en: 'who are the victims of sextortion',
    words: {
      nl: /vooral jongens.*ook meisjes/s,
      fr: /surtout des garçons.*des filles/s,
      en: /mostly boys.*girls/s,
    },
  },
  {
    what: 'the reporting channel',
    nl: 'waar kan ik misbruikbeelden melden?',
    fr: "où signaler des images d'abus ?",
    en: 'where can I report abuse images?',
    words: { nl: /stopchildporno\.be/, fr: /stopchildporno\.be/, en: /stopchildporno\.be/ },
  },
];

const digits = (text: string) => text.replace(/(?<=\d)[.,\s\u00a0](?=\d{3}\b)/g, '').match(/\d+/g) ?? [];

for (const locale of ['nl', 'fr', 'en'] as const) {
  test.each(FACTS)(`the chat tells of $what (${locale})`, async (fact) => {
    const brain = await openBrain();
    const { message } = brain.turn(undefined, fact[locale], { locale });
    expect(digits(message.plain)).toEqual(expect.arrayContaining([...(fact.numbers ?? [])]));
    if (fact.words) expect(message.plain).toMatch(fact.words[locale]);
  });
}

test('a figure of 2018 never stands without its year and source', async () => {
  const brain = await openBrain();
  for (const question of ['cijfers grooming', 'chiffres sexting', 'sextortion figures']) {
    const { message } = brain.turn(undefined, question, {});
    expect(message.plain).toMatch(/2018/);
    expect(message.plain).toMatch(/Knack/);
    expect(message.sources.map(({ id }) => id)).toContain('article-2019');
  }
});
