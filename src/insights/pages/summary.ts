import { type Html, html } from '../../staff/index.ts';
import { UNKNOWN_CAMPAIGN } from '../recorder.ts';
import type { Report } from '../report.ts';
import { answers, bars, campaigns, dialogs, overTheDay, overTime, safety, tabs, tiles } from './parts.ts';
import type { Words } from './words.ts';

/** A year on paper: an introduction, the charts, how it was counted. */
export function summaryBody(
  report: Report,
  before: Report,
  years: readonly string[],
  words: Words,
  dialogName: (id: string) => string,
): Html {
  const { t, figure } = words;
  const year = report.period.id;
  const enough = report.chats !== undefined && report.questions !== undefined;
  return html`${tabs('summary', words)}
<form class="filters no-print" method="get"><label>${t('summary.year')} <select name="year">${years.map(
    (id) => html`<option${id === year && html` selected`}>${id}</option>`,
  )}</select></label><button class="primary">${t('filter.show')}</button></form>
<p class="soft no-print">${t('summary.print')}</p>
<p class="lead">${
    enough
      ? t('summary.intro', { year, chats: figure(report.chats), questions: figure(report.questions) })
      : t('summary.introFew', { year })
  }${
    before.chats !== undefined &&
    html` ${t('summary.before', { chats: figure(before.chats), questions: figure(before.questions) })}`
  }</p>
${tiles(report, words)}
<section class="panel">${overTime(report, words)}</section>
${bars(report, words)}
<section class="panel">${overTheDay(report, words)}</section>
${answers(report, words)}
<div class="grid">${safety(report, words)}${dialogs(report, words, dialogName)}${campaigns(report, words, UNKNOWN_CAMPAIGN)}</div>
<section class="panel"><h2>${t('summary.howCounted')}</h2><p>${t('honest')}</p><p>${t('summary.counted')}</p></section>`;
}
