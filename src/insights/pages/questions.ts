import { FALLBACK, type Knowledge } from '../../knowledge/index.ts';
import { type Html, html } from '../../staff/index.ts';
import { shown } from '../publish.ts';
import { DELAY_DAYS, KEPT_DAYS, LEAST_GROUP, type QuestionGroup } from '../questions/group.ts';
import { tabs } from './parts.ts';
import type { Words } from './words.ts';

/** What happened to the last form: shown on top. */
export interface Notice {
  readonly kind: 'done' | 'problem';
  readonly text: string;
}

const EXAMPLES = 5;

function answerOptions({ near, locale }: QuestionGroup, knowledge: Knowledge, words: Words): Html {
  const titled = (id: string) => knowledge.answers[id]?.[locale]?.title;
  const rest = Object.keys(knowledge.answers).filter(
    (id) => !near.includes(id) && id !== FALLBACK && titled(id) !== undefined,
  );
  const option = (id: string) => html`<option value="${id}">${titled(id) ?? id} (${id})</option>`;
  return html`${near.filter((id) => titled(id) !== undefined).map(option)}<option value="">${words.t('questions.other')}</option>${rest.map(option)}`;
}

function groupCard(group: QuestionGroup, knowledge: Knowledge, words: Words): Html {
  const { t } = words;
  const count = shown(group.count);
  const [example = ''] = group.texts;
  const id = (field: string) => `${field}-${group.key}`;
  return html`<li class="panel">
<h2 lang="${group.locale}">${example}</h2>
<p class="soft">${count === undefined ? t('questions.groupFew') : t('questions.group', { count: words.format(count) })} · ${words.language(group.locale)}${group.askedBack && html` · ${t('questions.askedBack')}`}</p>
${group.texts.length > 1 && html`<ul lang="${group.locale}">${group.texts.slice(1, EXAMPLES).map((text) => html`<li>${text}</li>`)}</ul>`}
<form class="accept" method="post" action="/insights/questions">
<input type="hidden" name="group" value="${group.key}">
<label for="${id('phrasing')}">${t('questions.phrasing')}</label>
<input id="${id('phrasing')}" name="phrasing" lang="${group.locale}" value="${example}" aria-describedby="${id('help')}">
<small class="soft" id="${id('help')}">${t('questions.phrasingHelp')}</small>
<label for="${id('answer')}">${t('questions.answer')}</label>
<select id="${id('answer')}" name="answer" lang="${group.locale}">${answerOptions(group, knowledge, words)}</select>
<p><button class="primary" name="action" value="accept">${t('questions.accept')}</button> <button name="action" value="dismiss">${t('questions.dismiss')}</button></p>
</form></li>`;
}

/** Groups of unanswered questions, each with a form that adds one to an answer. */
export function questionsBody(
  groups: readonly QuestionGroup[],
  knowledge: Knowledge,
  words: Words,
  notice: Notice | undefined,
): Html {
  const { t } = words;
  return html`${tabs('questions', words)}
${notice && html`<p class="${notice.kind}" role="status">${notice.text}</p>`}
<p>${t('questions.about')}</p>
<p class="soft">${t('questions.when', { least: LEAST_GROUP, delay: DELAY_DAYS, kept: KEPT_DAYS })}</p>
${groups.length === 0 ? html`<p class="done">${t('questions.none')}</p>` : html`<ul class="groups">${groups.map((group) => groupCard(group, knowledge, words))}</ul>`}
<p class="soft">${t('questions.why')}</p>`;
}
