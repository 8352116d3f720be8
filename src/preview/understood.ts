import type { BrainTurn } from '../brain.ts';
import { formatPercent, type Knowledge, type Locale } from '../knowledge/index.ts';
import type { Say } from '../rendering/index.ts';
import { type Html, html, type Piece } from '../staff/index.ts';
import { nearestPhrasings } from './nearest.ts';

export interface Words {
  readonly knowledge: Knowledge;
  readonly say: Say;
  /** Language of the staff member. */
  readonly locale: Locale;
}

/** Phrasings shown for each answer that may fit. */
const PHRASINGS = 2;
const HUNDRED = 100;

function titleOf({ knowledge, locale }: Words, id: string): string {
  return knowledge.answers[id]?.[locale]?.title ?? id;
}

export function editLink(id: string): string {
  return `/admin#/collections/answers/entries/${id}`;
}

/** What a question was understood as: a list of facts, then the answers that may fit. */
export function understoodSection(question: string, { understanding, reply }: BrainTurn, words: Words): Html {
  const { knowledge, say, locale } = words;
  const text = (key: string) => say(locale, `preview:${key}`);
  const percent = (share: number) => formatPercent(Math.round(share * HUNDRED), locale);
  const { entities, command, safety, topic, aspect } = understanding;
  const none = html`<span class="soft">${text('none')}</span>`;
  const languages = Object.entries(understanding.locales)
    .sort(([, a], [, b]) => b - a)
    .map(([one, share]) => `${say(one, 'conversation:languageName')} ${percent(share)}`);
  const found = [
    entities.years.length > 0 && `${text('entity.years')}: ${entities.years.join(', ')}`,
    entities.comparison && text('entity.comparison'),
    ...entities.groups.map((group) => text(`entity.${group}`)),
    entities.role && text(`entity.${entities.role}`),
    entities.tone && text(`entity.${entities.tone}`),
    understanding.elliptical && text('entity.elliptical'),
    understanding.holdsLink && text('entity.link'),
  ].filter((one) => typeof one === 'string');
  const facts: readonly (readonly [string, Piece])[] = [
    ['language', languages.join(' · ')],
    ['topic', topic ? (knowledge.topics[topic]?.names[locale] ?? topic) : none],
    ['aspect', aspect ? (knowledge.aspects[aspect]?.names[locale] ?? aspect) : none],
    ['entities', found.length > 0 ? found.join(' · ') : none],
    ['command', command ? text(`commands.${command}`) : none],
    [
      'safety',
      safety ? html`<strong class="alarm">${titleOf(words, safety.id)} (${safety.id})</strong>` : none,
    ],
    ['decision', decision(reply, words)],
  ];
  return html`<section aria-labelledby="understood">
<h2 id="understood">${text('understood')}</h2>
<dl class="facts">${facts.map(([key, value]) => html`<dt>${text(`facts.${key}`)}</dt><dd>${value}</dd>`)}</dl>
${candidatesTable(question, understanding, words)}
</section>`;
}

/** What the bot does with it: answers, asks back, or says that it does not know. */
function decision({ answer, choices }: BrainTurn['reply'], words: Words): string {
  const { say, locale } = words;
  if (answer)
    return say(locale, 'preview:decisions.answer', { title: titleOf(words, answer.id), id: answer.id });
  const titles = choices.map((id) => titleOf(words, id)).join(' / ');
  return titles === ''
    ? say(locale, 'preview:decisions.other')
    : say(locale, 'preview:decisions.choices', { titles });
}

function candidatesTable(
  question: string,
  { candidates, locale: spoken }: BrainTurn['understanding'],
  words: Words,
): Piece {
  const { knowledge, say, locale } = words;
  const text = (key: string) => say(locale, `preview:candidates.${key}`);
  if (candidates.length === 0) return html`<p>${text('none')}</p>`;
  const rows = candidates.map(({ id, score }) => {
    const answer = knowledge.answers[id]?.[spoken];
    const near = answer ? nearestPhrasings(question, answer, PHRASINGS) : [];
    return html`<tr>
<th scope="row">${titleOf(words, id)}<br><a href="/staff/preview?answer=${id}">${id}</a></th>
<td class="number">${formatPercent(Math.round(score * HUNDRED), locale)}</td>
<td><ul>${near.map(({ phrasing, likeness }) => html`<li><span lang="${spoken}">${phrasing}</span> <span class="soft">${formatPercent(Math.round(likeness * HUNDRED), locale)}</span></li>`)}</ul></td>
<td><a href="${editLink(id)}">${text('edit')}</a></td>
</tr>`;
  });
  return html`<h3 id="candidates">${text('title')}</h3>
<div class="scroll" role="region" aria-labelledby="candidates" tabindex="0"><table>
<thead><tr><th scope="col">${text('answer')}</th><th scope="col" class="number">${text('score')}</th><th scope="col">${text('phrasings')}</th><td></td></tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="soft">${text('note')}</p>`;
}
