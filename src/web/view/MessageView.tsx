import { useState } from 'preact/hooks';
import type { Shown } from '../client/conversation.ts';
import { BarChart } from './figures.tsx';
import { Markdown } from './markdown.tsx';
import { canReadAloud, readAloud } from './speech.ts';
import type { Texts } from './texts.ts';

interface Props {
  readonly message: Shown;
  readonly texts: Texts;
  readonly onResend: (message: Shown) => void;
  readonly onHelpful: (answer: string, helpful: boolean) => void;
}

function Helpful({ answer, texts, onHelpful }: { answer: string } & Pick<Props, 'texts' | 'onHelpful'>) {
  const [said, setSaid] = useState(false);
  if (said) return <p class="helpful">{texts.thanks}</p>;
  const say = (helpful: boolean) => {
    setSaid(true);
    onHelpful(answer, helpful);
  };
  return (
    <fieldset class="helpful">
      <legend>{texts.helpful}</legend>
      <button type="button" onClick={() => say(true)}>
        {texts.yes}
      </button>
      <button type="button" onClick={() => say(false)}>
        {texts.no}
      </button>
    </fieldset>
  );
}

/** One message of the person or of the bot, with what belongs under it. */
export function MessageView({ message, texts, onResend, onHelpful }: Props) {
  const { mine, text, locale, time, delivery, data } = message;
  const clock = time && new Date(time).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  const asksHelpful = data.answer && !/^(chat|safety|fallback|dialog)/.test(data.answer.id);
  return (
    <div class={`bubble ${mine ? 'me' : 'bot'}`} lang={locale}>
      <span class="hidden">
        {mine ? texts.me : texts.bot}
        {clock ? ` ${clock}` : ''}:{' '}
      </span>
      {mine ? text : <Markdown text={text} />}
      {delivery === 'failed' && (
        <p class="failed">
          {texts.failed}{' '}
          <button type="button" onClick={() => onResend(message)}>
            {texts.resend}
          </button>
        </p>
      )}
      {data.charts?.map((chart) => (
        <BarChart chart={chart} texts={texts} />
      ))}
      {(data.contacts?.length ?? 0) > 0 && (
        <ul class="contacts">
          {data.contacts?.map(({ name, value, link, note, kind }) => (
            <li>
              <a href={link} {...(kind === 'site' && { target: '_blank', rel: 'noopener noreferrer' })}>
                {name}: {value}
              </a>
              <span>{note}</span>
            </li>
          ))}
        </ul>
      )}
      {(data.sources?.length ?? 0) > 0 && (
        <details>
          <summary>{texts.sources}</summary>
          <ul>
            {data.sources?.map(({ title, publisher, date }) => (
              <li>
                {publisher}, {date}: {title}
              </li>
            ))}
          </ul>
        </details>
      )}
      {!mine && locale && canReadAloud(locale) && (
        <button type="button" class="read-aloud" onClick={() => readAloud(text, locale)}>
          {texts.readAloud}
        </button>
      )}
      {asksHelpful && data.answer && <Helpful answer={data.answer.id} texts={texts} onHelpful={onHelpful} />}
    </div>
  );
}
