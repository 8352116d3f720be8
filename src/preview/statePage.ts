import type { FastifyInstance } from 'fastify';
import type { Brain } from '../brain.ts';
import {
  type Answer,
  inLanguage,
  type Knowledge,
  type Locale,
  loadKnowledge,
  type Problem,
  STAFF_LANGUAGES,
} from '../knowledge/index.ts';
import { type Html, html, type Staff } from '../staff/index.ts';

/** What the check says of the files as they lie on the disk at this moment. */
export type CheckFiles = () => Promise<readonly Problem[]>;

export function createCheckFiles(root: string): CheckFiles {
  return async () => {
    const loaded = await loadKnowledge(root);
    return loaded.ok ? loaded.warnings : loaded.problems;
  };
}

/** Adds the page on the state of the knowledge: what is wrong and where, and how far each answer is in each language. */
export function registerStatePage(
  scope: FastifyInstance,
  brain: Brain,
  staff: Staff,
  checkFiles: CheckFiles,
): void {
  scope.get('/staff/knowledge', async (request, reply) => {
    const { locale } = staff.memberOf(request);
    const problems = await checkFiles();
    return staff.send(request, reply, {
      title: brain.say(locale, 'preview:state.title'),
      at: '/staff/knowledge',
      styles: ['/staff/preview.css'],
      body: html`${problemList(problems, brain, locale)}${stateTable(brain, locale)}`,
    });
  });
}

function problemList(problems: readonly Problem[], { say }: Brain, locale: Locale): Html {
  const text = (key: string, values?: Record<string, number>) => say(locale, `preview:state.${key}`, values);
  const language = STAFF_LANGUAGES.find((one) => one === locale) ?? 'en';
  const errors = problems.filter(({ severity }) => severity === 'error');
  const sorted = [...errors, ...problems.filter(({ severity }) => severity !== 'error')];
  const summary = html`<p class="${errors.length > 0 ? 'problem' : 'done'}">${
    errors.length > 0 ? text('broken', { count: errors.length }) : text('fine')
  }</p>`;
  if (sorted.length === 0) return summary;
  const items = sorted.map((one) => {
    const { severity, file, line, message, mend } = inLanguage(one, language);
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
