import type { FastifyInstance } from 'fastify';
import type { Brain } from '../brain.ts';
import type { Answer, Knowledge, Locale, Problem } from '../knowledge/index.ts';
import { type Html, html, type Staff } from '../staff/index.ts';
import type { Checks } from './checks.ts';

/** Adds the page on the state of the knowledge: what is wrong and where, and how far each answer is in each language. */
export function registerStatePage(scope: FastifyInstance, brain: Brain, staff: Staff, checks: Checks): void {
  scope.get<{ Querystring: { all?: string } }>('/staff/knowledge', async (request, reply) => {
    const { locale } = staff.memberOf(request);
    const all = request.query.all !== undefined;
    const problems = await (all ? checks.full(locale) : checks.quick(locale));
    const text = (key: string) => brain.say(locale, `preview:state.${key}`);
    const more = all
      ? html`<p class="soft">${text('checkedAll')}</p>`
      : html`<p><a class="button" href="/staff/knowledge?all=1">${text('checkAll')}</a></p>`;
    return staff.send(request, reply, {
      title: brain.say(locale, 'preview:state.title'),
      at: '/staff/knowledge',
      styles: ['/staff/preview.css'],
      body: html`${problemList(problems, brain, locale)}${more}${stateTable(brain, locale)}`,
    });
  });
}

function problemList(problems: readonly Problem[], { say }: Brain, locale: Locale): Html {
  const text = (key: string, values?: Record<string, number>) => say(locale, `preview:state.${key}`, values);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const sorted = [...errors, ...problems.filter(({ severity }) => severity !== 'error')];
  const summary = html`<p class="${errors.length > 0 ? 'problem' : 'done'}">${
    errors.length > 0 ? text('broken', { count: errors.length }) : text('fine')
  }</p>`;
  if (sorted.length === 0) return summary;
  const items = sorted.map((one) => {
    const { severity, file, line, message, mend } = one;
    return html`<li><strong>${text(severity)}</strong> <code>${file}:${line}</code><br>${message}<br>${mend}</li>`;
  });
  return html`${summary}<h2>${text('problems', { count: sorted.length })}</h2><ul class="problems">${items}</ul>`;
}

/** The aspects of an answer's name; answers outside the topics have a row of their own. */
function stateTable({ knowledge, say }: Brain, locale: Locale): Html {
  const text = (key: string) => say(locale, `preview:state.${key}`);
  const heads = knowledge.locales.map(
    (one) => html`<th scope="col">${say(one, 'conversation:languageName')}</th>`,
  );
  const rows = Object.entries(knowledge.answers).map(([id, inLocales]) => {
    const cells = knowledge.locales.map((one) => cell(inLocales[one], text));
    return html`<tr><th scope="row">${nameOf(id, knowledge, locale)}<br><a href="/staff/preview?answer=${id}">${id}</a></th>${cells}</tr>`;
  });
  return html`<section class="states"><h2 id="states">${text('answers')}</h2>
<div class="scroll" role="region" aria-labelledby="states" tabindex="0"><table>
<thead><tr><th scope="col">${text('answer')}</th>${heads}</tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** `grooming.signs` → `grooming: signs`, in words. */
function nameOf(id: string, { topics, aspects }: Knowledge, locale: Locale): string {
  const [topic = '', aspect] = id.split('.');
  const words = [topics[topic]?.names[locale] ?? topic, aspect && (aspects[aspect]?.names[locale] ?? aspect)];
  return words.filter((word) => word !== undefined && word !== '').join(': ');
}

function cell(answer: Answer | undefined, text: (key: string) => string): Html {
  if (!answer) return html`<td class="state-missing">${text('states.missing')}</td>`;
  const { state, reviewed, phrasings } = answer;
  return html`<td class="state-${state}">${text(`states.${state}`)}<br><span class="soft">${reviewed} · ${phrasings.length} ${text('phrasings')}</span></td>`;
}
