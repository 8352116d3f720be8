/** A calendar day in Belgium, `2026-11-24`. */
export type Day = string;
/** An hour in Belgium, `2026-11-24T22`: the finest time that the insights know. */
export type Hour = string;

const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Brussels',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  hourCycle: 'h23',
});

/** @param time milliseconds since 1970 */
export function hourOf(time: number): Hour {
  return CLOCK.format(time).replace(' ', 'T');
}

export function dayOf(hour: Hour): Day {
  return hour.slice(0, 'YYYY-MM-DD'.length);
}

/** The day so many days before. */
export function daysBefore(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** Every day of a month `2026-11`. */
export function daysOfMonth(month: string): Day[] {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: count }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`);
}

/** The twelve months of a year. */
export function monthsOfYear(year: string): string[] {
  return Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);
}
