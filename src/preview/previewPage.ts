import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Brain } from '../brain.ts';
import type { Locale } from '../knowledge/index.ts';
import { type Html, html, type Staff } from '../staff/index.ts';
import { framesSection } from './frames.ts';
import { understoodSection } from './understood.ts';

/** Longest question that is tried, in characters; as long as a message may be. */
const LONGEST = 2000;
const STYLES = ['/staff/preview.css'];

interface Asked {
  readonly question: string;
  /** What was said before, for follow-up questions. */
  readonly before: string;
  /** Language of the conversation so far; empty where nothing was said. */
  readonly locale: Locale | '';
}

/** Adds the page on which staff try a question. Nothing that is typed here is counted or kept. */
export function registerPreviewPage(
  scope: FastifyInstance,
  brain: Brain,
  staff: Staff,
  pageFolder: string,
): void {
  async function show(request: FastifyRequest, reply: FastifyReply, asked: Asked | undefined) {
    const { locale } = staff.memberOf(request);
    const { say } = brain;
    return staff.send(request, reply, {
      title: say(locale, 'preview:title'),
      at: '/staff/preview',
      styles: STYLES,
      body: html`${form(asked, locale)}${asked && (await result(asked, locale))}`,
    });
  }

  function form(asked: Asked | undefined, locale: Locale): Html {
    const text = (key: string) => brain.say(locale, `preview:${key}`);
    const options = ['', ...brain.knowledge.locales].map((one) => {
      const label = one === '' ? text('form.anyLanguage') : brain.say(one, 'conversation:languageName');
      return html`<option value="${one}"${one === (asked?.locale ?? '') && html` selected`}>${label}</option>`;
    });
    return html`<p>${text('intro')}</p>
<form class="ask" method="post" action="/staff/preview">
<label for="question">${text('form.question')}</label>
<input id="question" name="question" value="${asked?.question ?? ''}" maxlength="${LONGEST}" required autocomplete="off">
<label for="before">${text('form.before')}</label>
<input id="before" name="before" value="${asked?.before ?? ''}" maxlength="${LONGEST}" autocomplete="off">
<label for="locale">${text('form.locale')}</label>
<select id="locale" name="locale">${options}</select>
<button class="primary">${text('form.submit')}</button>
</form>`;
  }

  async function result({ question, before, locale: spoken }: Asked, locale: Locale): Promise<Html> {
    const { knowledge, say } = brain;
    const hint = spoken === '' ? {} : { locale: spoken };
    const state = before === '' ? undefined : brain.turn(undefined, before, hint).state;
    const turn = brain.turn(state, question, hint);
    const messages = knowledge.locales.map((one) => brain.render({ ...turn.reply, locale: one }));
    const words = { knowledge, say, locale };
    // Read each time: a build replaces it while the server runs.
    const page = await readFile(join(pageFolder, 'preview.html'), 'utf8').catch(() => undefined);
    return html`${understoodSection(question, turn, words)}${framesSection(page, messages, { question, locale: turn.reply.locale }, words)}`;
  }

  /** An answer by its id, asked for by its title, as its button would. */
  function askedById(id: string, locale: Locale): Asked | undefined {
    const title = brain.knowledge.answers[id]?.[locale]?.title;
    return title === undefined ? undefined : { question: title, before: '', locale };
  }

  scope.get<{ Querystring: { answer?: string } }>('/staff/preview', (request, reply) => {
    const { answer } = request.query;
    const { locale } = staff.memberOf(request);
    return show(request, reply, typeof answer === 'string' ? askedById(answer, locale) : undefined);
  });

  scope.post('/staff/preview', (request, reply) => {
    const { question = '', before = '', locale = '' } = request.body as Partial<Record<string, string>>;
    const known = brain.knowledge.locales.find((one) => one === locale) ?? '';
    const asked = question.trim() && {
      question: question.slice(0, LONGEST),
      before: before.slice(0, LONGEST),
      locale: known,
    };
    return show(request, reply, asked || undefined);
  });
}
