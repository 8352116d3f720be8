import { type Html, html } from '../../staff/index.ts';
import type { Report } from '../report.ts';
import { barTable, columnChart } from './charts.ts';
import type { Words } from './words.ts';

/** A figure in large, with what it is. */
function tile(figure: string, label: string, note?: string): Html {
  return html`<li><strong>${figure}</strong><span>${label}</span>${note !== undefined && html`<small>${note}</small>`}</li>`;
}

export function tiles(report: Report, words: Words): Html {
  const { t, figure, percent } = words;
  const { shares } = report;
  return html`<ul class="tiles">
${tile(figure(report.chats), t('tiles.chats'))}
${tile(figure(report.chatsUsed), t('tiles.chatsUsed'))}
${tile(figure(report.questions), t('tiles.questions'))}
${tile(percent(shares.answered), t('tiles.answered'))}
${tile(percent(shares['asked-back']), t('tiles.askedBack'))}
${tile(percent(shares['not-understood']), t('tiles.notUnderstood'))}
${tile(percent(report.helpful), t('tiles.helpful'), t('tiles.ofVotes', { votes: figure(report.votes) }))}
</ul>`;
}

export function overTime({ period, steps }: Report, words: Words): Html {
  const { t } = words;
  const monthly = period.kind === 'year';
  const labelOf = (id: string) =>
    monthly
      ? new Intl.DateTimeFormat(words.locale, { month: 'short', timeZone: 'UTC' }).format(
          new Date(`${id}-01`),
        )
      : String(Number(id.slice(-2)));
  return columnChart(
    t(monthly ? 'charts.byMonth' : 'charts.byDay'),
    t(monthly ? 'charts.month' : 'charts.day'),
    steps.map(({ id }) => labelOf(id)),
    [
      { name: t('charts.chats'), counts: steps.map(({ chats }) => chats) },
      { name: t('charts.messages'), counts: steps.map(({ questions }) => questions) },
    ],
    words,
  );
}

export function overTheDay({ hours }: Report, words: Words): Html {
  const { t } = words;
  return columnChart(
    t('charts.hours'),
    t('charts.hour'),
    hours.map(({ value }) => value),
    [{ name: t('charts.messages'), counts: hours.map(({ count }) => count) }],
    words,
  );
}

/** The lists of a report as tables with bars; an empty one is left out. */
export function bars(report: Report, words: Words): Html {
  const { t } = words;
  const lists = [
    ['languages', 'language', report.languages, words.language],
    ['topics', 'topic', report.topics, words.topic],
    ['aspects', 'aspect', report.aspects, words.aspect],
    ['outcomes', 'outcome', report.outcomes, words.outcome],
  ] as const;
  return html`<div class="grid">${lists
    .filter(([, , rows]) => rows.length > 0)
    .map(
      ([caption, head, rows, nameOf]) =>
        html`<section class="panel">${barTable(
          t(`charts.${caption}`),
          [t(`charts.${head}`), t('charts.count')],
          rows.map(({ value, count }) => ({ label: nameOf(value), count })),
          words,
        )}</section>`,
    )}</div>`;
}

export function answers(report: Report, words: Words): Html | undefined {
  const { t, figure, percent } = words;
  if (report.answers.length === 0) return undefined;
  return html`<section class="panel"><h2>${t('answers.title')}</h2><p class="soft">${t('answers.about')}</p>
<table><thead><tr><th scope="col">${t('answers.answer')}</th>${['given', 'yes', 'no', 'share'].map((head) => html`<th scope="col" class="number">${t(`answers.${head}`)}</th>`)}</tr></thead>
<tbody>${report.answers.map(
    ({ value, count, helpful, unhelpful, share }) =>
      html`<tr><th scope="row">${words.answer(value)}<br><small class="soft">${value}</small></th><td class="number">${figure(count)}</td><td class="number">${figure(helpful)}</td><td class="number">${figure(unhelpful)}</td><td class="number">${percent(share)}</td></tr>`,
  )}</tbody></table></section>`;
}

export function safety(report: Report, words: Words): Html | undefined {
  const { t } = words;
  if (report.safety.length === 0) return undefined;
  const rows = report.safety.map(({ value, count }) => ({ label: words.answer(value), count }));
  return html`<section class="panel"><h2>${t('safety.title')}</h2><p class="soft">${t('safety.about')}</p>${barTable(t('safety.title'), [t('safety.answer'), t('charts.count')], rows, words)}</section>`;
}

export function dialogs(report: Report, words: Words, nameOf: (id: string) => string): Html | undefined {
  const { t, figure, percent } = words;
  if (report.dialogs.length === 0) return undefined;
  return html`<section class="panel"><h2>${t('dialogs.title')}</h2>
<table><thead><tr><th scope="col">${t('dialogs.dialog')}</th>${['started', 'finished', 'share'].map((head) => html`<th scope="col" class="number">${t(`dialogs.${head}`)}</th>`)}</tr></thead>
<tbody>${report.dialogs.map(
    ({ value, count, finished, share }) =>
      html`<tr><th scope="row">${nameOf(value)}</th><td class="number">${figure(count)}</td><td class="number">${figure(finished)}</td><td class="number">${percent(share)}</td></tr>`,
  )}</tbody></table></section>`;
}

export function campaigns(report: Report, words: Words, unknown: string): Html | undefined {
  const { t } = words;
  if (report.campaigns.length === 0) return undefined;
  const rows = report.campaigns.map(({ value, count }) => ({
    label: value === unknown ? t('campaigns.unknown') : value,
    count,
  }));
  return html`<section class="panel">${barTable(t('campaigns.results'), [t('campaigns.campaign'), t('campaigns.chats')], rows, words)}</section>`;
}

const TABS = [
  ['overview', '/insights'],
  ['questions', '/insights/questions'],
  ['campaigns', '/insights/campaigns'],
  ['summary', '/insights/summary'],
] as const;

export function tabs(current: (typeof TABS)[number][0], { t }: Words): Html {
  return html`<nav class="tabs no-print" aria-label="${t('tabs.label')}"><ul>${TABS.map(
    ([id, path]) =>
      html`<li><a class="nav-link" href="${path}"${id === current && html` aria-current="page"`}>${t(`tabs.${id}`)}</a></li>`,
  )}</ul></nav>`;
}
