import { type Knowledge, type Place, type Places, type Problem, problem } from '../knowledge/index.ts';
import type { Rules } from './rules.ts';

function monthsBetween(from: string, to: Date): number {
  const then = new Date(from);
  const months = (to.getUTCFullYear() - then.getUTCFullYear()) * 12 + to.getUTCMonth() - then.getUTCMonth();
  return to.getUTCDate() < then.getUTCDate() ? months - 1 : months;
}

function checkDate(reviewed: string, limit: number, place: Place, now: Date): Problem[] {
  const here = { ...place, field: 'reviewed', text: reviewed };
  if (reviewed > now.toISOString().slice(0, 10)) {
    return [problem('warning', 'review-in-future', here, { reviewed })];
  }
  const months = monthsBetween(reviewed, now);
  return months < limit ? [] : [problem('warning', 'review-overdue', here, { months, reviewed, limit })];
}

/** Texts and contacts that nobody has read for too long. */
export function overdueReviews(
  knowledge: Knowledge,
  places: Places,
  { reviewMonths }: Rules,
  now: Date,
): Problem[] {
  const file = 'knowledge/contacts.yaml';
  return [
    ...places.answers.flatMap(({ answer, locate }) =>
      checkDate(answer.reviewed, reviewMonths.answers, { file: answer.file, ...locate(['reviewed']) }, now),
    ),
    ...Object.values(knowledge.contacts).flatMap(({ id, reviewed }) => {
      const place = { file, ...places.locate(file, [id, 'reviewed']) };
      return checkDate(reviewed, reviewMonths.contacts, place, now);
    }),
  ];
}
