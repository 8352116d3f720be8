import type { InsightStore } from '../../src/insights/index.ts';
import type { Counted } from '../../src/insights/store/types.ts';
import type { Measure } from '../../src/insights/tally.ts';

/** A generator of numbers from 0 to 1 that gives the same ones every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const ANSWERS: readonly (readonly [string, number])[] = [
  ['sexting.definition', 12],
  ['sexting.help', 20],
  ['sextortion.help', 26],
  ['sextortion.definition', 9],
  ['grooming.definition', 10],
  ['grooming.help', 14],
  ['grooming.parents', 8],
  ['harassment.help', 7],
  ['harassment.law', 3],
  ['abuse-images.found', 5],
  ['reporting.channel', 15],
  ['child-focus.contact', 11],
  ['chat.greeting', 18],
  ['safety.crisis', 2],
  ['safety.abuse', 3],
  ['safety.danger', 1],
];
const LANGUAGES: readonly (readonly [string, number])[] = [
  ['nl', 0.55],
  ['fr', 0.37],
  ['en', 0.08],
];
/** Messages by hour: quiet at night, most after school and before sleep. */
const BY_HOUR = [3, 2, 1, 1, 0, 0, 1, 2, 3, 3, 3, 4, 5, 4, 4, 5, 8, 9, 8, 8, 9, 10, 9, 6];

/** Fills a store with a made-up year, for screenshots: every day from January to 23 November 2026. */
export async function fillYear(store: InsightStore): Promise<void> {
  const random = seeded(2026);
  for (let day = new Date('2026-01-01T00:00:00Z'); day < new Date('2026-11-24T00:00:00Z'); ) {
    const date = day.toISOString().slice(0, 10);
    const busy =
      (1 + 0.5 * random()) * (day.getUTCMonth() === 10 ? 2 : 1) * (day.getUTCDay() % 6 === 0 ? 0.7 : 1);
    const counts: Counted[] = LANGUAGES.flatMap(([locale, share]) => {
      const one = (measure: Measure, value: string, size: number): Counted => ({
        locale,
        measure,
        value,
        count: Math.round(size * busy * share * (0.7 + 0.6 * random())),
      });
      return [
        one('chat', '', 90),
        one('chat-used', '', 70),
        one('outcome', 'answered', 150),
        one('outcome', 'asked-back', 12),
        one('outcome', 'not-understood', 14),
        one('outcome', 'safety', 6),
        one('outcome', 'dialog', 20),
        ...ANSWERS.map(([id, size]) => one('answer', id, size)),
        ...ANSWERS.map(([id, size]) => one('helpful', id, size * 0.25)),
        ...ANSWERS.map(([id, size]) => one('unhelpful', id, size * 0.06)),
        ...BY_HOUR.map((size, hour) => one('hour', String(hour).padStart(2, '0'), size * 1.8)),
        one('dialog-started', 'get-help', 12),
        one('dialog-finished', 'get-help', 7),
        one('dialog-started', 'quiz', 6),
        one('dialog-finished', 'quiz', 5),
        ...(day.getUTCMonth() === 10
          ? [one('campaign', 'poster-gent-2026', 30), one('campaign', '?', 1)]
          : []),
      ].filter(({ count }) => count > 0);
    });
    await store.add(`${date}T12`, counts, []);
    day = new Date(day.getTime() + 86_400_000);
  }
  for (const name of ['poster-gent-2026', 'scholen-herfst-2026'])
    await store.addCampaign({ name, added: '2026-10-28' });
  const questions = [
    ['nl', 'hoe lang duurt het voor iemand antwoord geeft', ['reporting.process', 'child-focus.contact']],
    ['nl', 'hoe lang duurt het voor ik antwoord krijg', ['reporting.process', 'child-focus.contact']],
    ['nl', 'hoe lang duurt het tot iemand antwoordt', ['reporting.process']],
    ['fr', 'est-ce que mes parents vont savoir que je vous parle', ['chat.privacy', 'reporting.anonymous']],
    ['fr', 'mes parents vont savoir que je parle ici', ['chat.privacy']],
    ['en', 'can i talk to a real … in english', ['child-focus.contact', 'chat.language']],
  ] as const;
  for (const [i, day] of ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-12'].entries())
    for (const [locale, text, near] of questions.slice(0, i === 3 ? 6 : 5))
      await store.add(
        `${day}T18`,
        [],
        [{ locale, text, near, reason: near.length > 1 ? 'asked-back' : 'not-understood' }],
      );
}
