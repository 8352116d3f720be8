import type { Locale } from '../../knowledge/index.ts';
import { type Html, html } from '../../staff/index.ts';
import { campaignLink } from '../campaigns/campaign.ts';
import { UNKNOWN_CAMPAIGN } from '../recorder.ts';
import type { Report } from '../report.ts';
import type { Campaign } from '../store/types.ts';
import { campaigns as results, tabs } from './parts.ts';
import type { Notice } from './questions.ts';
import type { Words } from './words.ts';

function links({ name }: Campaign, publicUrl: string, locales: readonly Locale[], words: Words): Html {
  const { t } = words;
  return html`<table><thead><tr><th scope="col">${t('charts.language')}</th><th scope="col">${t('campaigns.link')}</th><td></td></tr></thead><tbody>${locales.map(
    (
      locale,
    ) => html`<tr><th scope="row">${words.language(locale)}</th><td><code>${campaignLink(publicUrl, name, locale)}</code></td>
<td><a href="/insights/campaigns/${name}.${locale}.svg" download>${t('campaigns.svg')}</a><br><a href="/insights/campaigns/${name}.${locale}.png" download>${t('campaigns.png')}</a></td></tr>`,
  )}</tbody></table>`;
}

/** A form for a new campaign, results of the year, links and codes of every campaign. */
export function campaignsBody(
  campaigns: readonly Campaign[],
  report: Report,
  setting: { readonly publicUrl: string; readonly locales: readonly Locale[]; readonly words: Words },
  notice: Notice | undefined,
): Html {
  const { publicUrl, locales, words } = setting;
  const { t } = words;
  return html`${tabs('campaigns', words)}
${notice && html`<p class="${notice.kind}" role="status">${notice.text}</p>`}
<p>${t('campaigns.about')}</p>
<form class="accept panel" method="post" action="/insights/campaigns">
<label for="name">${t('campaigns.name')}</label>
<input id="name" name="name" required pattern="[a-z0-9][a-z0-9\\-]{0,38}[a-z0-9]" aria-describedby="name-help" autocomplete="off">
<small class="soft" id="name-help">${t('campaigns.nameHelp')}</small>
<p><button class="primary">${t('campaigns.make')}</button></p>
</form>
${results(report, words, UNKNOWN_CAMPAIGN)}
${campaigns.length > 0 && html`<h2>${t('campaigns.list')}</h2>`}
${campaigns.map(
  (campaign) =>
    html`<section class="panel"><h3>${campaign.name}</h3><p class="soft">${t('campaigns.added', { date: words.date(campaign.added) })}</p>${links(campaign, publicUrl, locales, words)}</section>`,
)}`;
}
