import type { Locale } from '../knowledge/index.ts';
import type { Message } from '../rendering/index.ts';
import { type Html, html } from '../staff/index.ts';
import type { Words } from './understood.ts';

/** The part of a Direct Line activity that the window draws. */
function activityOf(message: Message): object {
  const { text, locale, buttons, answer, contacts, sources, charts } = message;
  return {
    id: '2',
    type: 'message',
    text,
    locale,
    from: { id: 'bot', role: 'bot' },
    suggestedActions: { actions: buttons },
    channelData: { answer, contacts, sources, charts },
  };
}

/** JSON inside a page: nothing in it can end the element that holds it. */
function embeddable(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

/** A message as it looks in the window: the built preview page with the message in it, inside a frame. */
function frame(page: string, question: string | undefined, message: Message, title: string): Html {
  const { locale } = message;
  const asked = { id: '1', type: 'message', text: question, locale, from: { id: 'visitor', role: 'user' } };
  const activities = [...(question === undefined ? [] : [asked]), activityOf(message)];
  const data = `<script type="application/json" id="preview">${embeddable({ locale, activities })}</script>`;
  const filled = page.replace('<!--preview-->', () => data);
  return html`<iframe class="as-in-window" title="${title}" srcdoc="${filled}"></iframe>`;
}

/** The same reply in every language, side by side. The question is shown where it is in that language. */
export function framesSection(
  page: string | undefined,
  messages: readonly Message[],
  asked: { readonly question: string; readonly locale: Locale } | undefined,
  { say, locale }: Words,
): Html {
  const text = (key: string) => say(locale, `preview:${key}`);
  if (page === undefined) return html`<p class="problem">${text('notBuilt')}</p>`;
  const columns = messages.map((message) => {
    const name = say(message.locale, 'conversation:languageName');
    const question = asked?.locale === message.locale ? asked.question : undefined;
    return html`<div><h3 lang="${message.locale}">${name}</h3>${frame(page, question, message, `${text('frame')} ${name}`)}</div>`;
  });
  return html`<section aria-labelledby="answer"><h2 id="answer">${text('looks')}</h2><div class="columns">${columns}</div></section>`;
}
