import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { toCsv } from '../csv.ts';
import { hourOf } from '../days.ts';
import { overviewBody } from './overview.ts';
import { periodAsked, type Room, reportOf } from './room.ts';
import { summaryBody } from './summary.ts';

const STYLES = ['/insights/insights.css'];
const CSV_COLUMNS = ['period', 'locale', 'measure', 'value', 'name', 'count'];

interface Asked {
  readonly period?: string;
  readonly language?: string;
  readonly year?: string;
}

/** Overview, annual summary and export. */
export async function registerFigures(scope: FastifyInstance, room: Room): Promise<void> {
  const { staff, brain, now } = room;
  const css = await readFile(join(import.meta.dirname, '..', 'insights.css'), 'utf8');
  const dialogName = (locale: string) => (id: string) =>
    brain.knowledge.dialogs[id]?.sentences[locale]?.[0] ?? id;

  scope.get('/insights/insights.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(css));

  scope.get<{ Querystring: Asked }>('/insights', async (request, reply) => {
    const words = room.wordsFor(request);
    const { period, periods } = await periodAsked(room, request.query.period);
    const report = await reportOf(room, period, request.query.language);
    const choices = { periods, locales: brain.knowledge.locales, until: hourOf(now()).slice(-2) };
    return staff.send(request, reply, {
      title: words.t('title'),
      at: '/insights',
      styles: STYLES,
      body: overviewBody(report, choices, words, dialogName(words.locale)),
    });
  });

  scope.get<{ Querystring: Asked }>('/insights/summary', async (request, reply) => {
    const words = room.wordsFor(request);
    const { periods } = await periodAsked(room, undefined);
    const years = periods.filter((id) => !id.includes('-'));
    const { period } = await periodAsked(room, request.query.year ?? years[0]);
    const year = { kind: 'year', id: period.id.slice(0, 4) } as const;
    const before = { kind: 'year', id: String(Number(year.id) - 1) } as const;
    return staff.send(request, reply, {
      title: words.t('summary.title', { year: year.id }),
      at: '/insights',
      styles: STYLES,
      body: summaryBody(
        await reportOf(room, year, undefined),
        await reportOf(room, before, undefined),
        years,
        words,
        dialogName(words.locale),
      ),
    });
  });

  scope.get<{ Querystring: Asked }>('/insights/export.csv', async (request, reply) => {
    const words = room.wordsFor(request);
    const { period } = await periodAsked(room, request.query.period);
    const report = await reportOf(room, period, request.query.language);
    const named: Readonly<Record<string, (id: string) => string>> = {
      language: words.language,
      topic: words.topic,
      aspect: words.aspect,
      outcome: words.outcome,
    };
    const csv = toCsv(
      report,
      CSV_COLUMNS.map((column) => words.t(`csv.${column}`)),
      (measure, value) => (named[measure] ?? words.answer)(value),
    );
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="chatbot-${period.id}.csv"`)
      .send(csv);
  });
}
