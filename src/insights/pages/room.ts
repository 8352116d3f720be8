import type { FastifyRequest } from 'fastify';
import type { Staff } from '../../staff/index.ts';
import { dayOf, hourOf, monthsOfYear } from '../days.ts';
import type { InsightBrain } from '../recorder.ts';
import { boundsOf, createReport, type Period, type Report, readPeriod } from '../report.ts';
import type { InsightStore } from '../store/types.ts';
import { createWords, type Words } from './words.ts';

/** What the pages of the insights work with. */
export interface InsightPages {
  readonly staff: Staff;
  readonly brain: InsightBrain;
  readonly store: InsightStore;
  readonly now: () => number;
  /** The folder that holds `knowledge/`: accepted phrasings are written there. */
  readonly root: string;
  /** Address of the chatbot for links and codes; absent: the address by which the page was asked for. */
  readonly publicUrl?: string;
}

export interface Room extends InsightPages {
  wordsFor(request: FastifyRequest): Words;
}

export function createRoom(pages: InsightPages): Room {
  const { staff, brain } = pages;
  return {
    ...pages,
    wordsFor: (request) => createWords(staff.memberOf(request).locale, brain.say, brain.knowledge),
  };
}

/** Months and years with counts, latest first; the present month is always among them. */
async function periodsOf({ store, now }: InsightPages): Promise<readonly string[]> {
  const today = dayOf(hourOf(now()));
  const first = (await store.firstDay()) ?? today;
  const years = Array.from({ length: Number(today.slice(0, 4)) - Number(first.slice(0, 4)) + 1 }, (_, i) =>
    String(Number(today.slice(0, 4)) - i),
  );
  return years.flatMap((year) => [
    year,
    ...monthsOfYear(year)
      .filter((month) => month >= first.slice(0, 7) && month <= today.slice(0, 7))
      .reverse(),
  ]);
}

/** The period asked for, where there are counts of it; else the present month. */
export async function periodAsked(
  room: InsightPages,
  asked: string | undefined,
): Promise<{ readonly period: Period; readonly periods: readonly string[] }> {
  await room.store.settle(hourOf(room.now()));
  const periods = await periodsOf(room);
  const month = hourOf(room.now()).slice(0, 'YYYY-MM'.length);
  const wanted = readPeriod(asked);
  const period = wanted && periods.includes(wanted.id) ? wanted : ({ kind: 'month', id: month } as const);
  return { period, periods };
}

export async function reportOf(
  { store, brain }: InsightPages,
  period: Period,
  language: string | undefined,
): Promise<Report> {
  const { from, to } = boundsOf(period);
  const locale = brain.knowledge.locales.find((one) => one === language);
  return createReport(await store.counts(from, to), period, locale, brain.knowledge);
}
