import type { Locale } from '../../knowledge/index.ts';
import { type Html, html } from '../../staff/index.ts';
import { UNKNOWN_CAMPAIGN } from '../recorder.ts';
import type { Report } from '../report.ts';
import { answers, bars, campaigns, dialogs, overTheDay, overTime, safety, tabs, tiles } from './parts.ts';
import type { Words } from './words.ts';

export interface Choices {
  /** Months and years with counts, latest first. */
  readonly periods: readonly string[];
  readonly locales: readonly Locale[];
  /** Hour of the day up to which the figures go. */
  readonly until: string;
}

function filters({ period, locale }: Report, { periods, locales }: Choices, words: Words): Html {
  const { t } = words;
  const nameOf = (id: string) => (id.includes('-') ? words.month(id) : t('filter.year', { year: id }));
  const option = (value: string, label: string, chosen: boolean) =>
    html`<option value="${value}"${chosen && html` selected`}>${label}</option>`;
  return html`<form class="filters no-print" method="get">
<label>${t('filter.period')} <select name="period">${periods.map((id) => option(id, nameOf(id), id === period.id))}</select></label>
<label>${t('filter.language')} <select name="language">${option('', t('filter.all'), locale === undefined)}${locales.map((id) => option(id, words.language(id), id === locale))}</select></label>
<button class="primary">${t('filter.show')}</button>
<a class="button" href="/insights/export.csv?period=${period.id}&amp;language=${locale ?? ''}">${t('filter.export')}</a>
</form>`;
}

/** The figures of a period, as tables and charts. */
export function overviewBody(
  report: Report,
  choices: Choices,
  words: Words,
  dialogName: (id: string) => string,
): Html {
  const { t } = words;
  return html`${tabs('overview', words)}
${filters(report, choices, words)}
<p class="soft">${t('until', { hour: choices.until })}</p>
${report.chats === undefined && report.questions === undefined && html`<p class="done">${t('nothing')}</p>`}
${tiles(report, words)}
<section class="panel">${overTime(report, words)}</section>
${bars(report, words)}
<section class="panel">${overTheDay(report, words)}</section>
${answers(report, words)}
<div class="grid">${safety(report, words)}${dialogs(report, words, dialogName)}${campaigns(report, words, UNKNOWN_CAMPAIGN)}</div>
${report.uploadsRefused !== undefined && html`<p>${t('uploads', { count: words.figure(report.uploadsRefused) })}</p>`}
<p class="soft honest">${t('honest')}</p>`;
}
