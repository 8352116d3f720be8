import { useState } from 'preact/hooks';
import type { Shown } from '../client/conversation.ts';
import type { Texts } from '../settings.ts';
import { Contacts } from './Contacts.tsx';
import { Figure } from './figures.tsx';
import { Helpful } from './Helpful.tsx';
import { Icon } from './icons.tsx';
import { Markdown } from './markdown.tsx';
import { Sources } from './Sources.tsx';
import { readAloud, stopReading } from './speech.ts';

interface Props {
  readonly message: Shown;
  /** Language of the message, which may differ from that of the window around it. */
  readonly language: string;
  readonly texts: Texts;
  readonly voices: ReadonlySet<string>;
  readonly onResend: (key: string) => void;
  readonly onHelpful: (key: string, answer: string, helpful: boolean) => void;
}

/** Answers that are asked about: not small talk, and nobody in need. */
const NOT_RATED = /^(chat|safety|fallback|dialog)/;

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** `14:05`. Not by `Intl`, which keeps a slow phone busy for a quarter of a second before the first words. */
function clockOf(time: Date): string {
  return `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
}

function ReadAloud({ text, language, texts }: { text: string; language: string; texts: Texts }) {
  const [reading, setReading] = useState(false);
  const toggle = () => {
    setReading(!reading);
    if (reading) stopReading();
    else readAloud(text, language, () => setReading(false));
  };
  return (
    <button type="button" class="quiet read-aloud" onClick={toggle}>
      <Icon name={reading ? 'stop' : 'voice'} />
      {reading ? texts.stopReading : texts.readAloud}
    </button>
  );
}

/** One message of the person or of the bot, with what belongs under it. */
export function MessageView({ message, language, texts, voices, onResend, onHelpful }: Props) {
  const { key, mine, text, time, delivery, data } = message;
  const clock = time && clockOf(new Date(time));
  const answer = data.answer?.id;
  const read = !mine && voices.has(language.slice(0, 2));
  const rated = answer !== undefined && !NOT_RATED.test(answer);
  return (
    <article class={`bubble ${mine ? 'me' : 'bot'} ${delivery}`}>
      <span class="hidden">
        {mine ? texts.me : texts.bot}
        {clock && `, ${clock}`}:{' '}
      </span>
      <div class="said" lang={language}>
        {mine ? text : <Markdown text={text} />}
      </div>
      {delivery === 'failed' && (
        <p class="failed">
          {texts.failed}{' '}
          <button type="button" onClick={() => onResend(key)}>
            {texts.resend}
          </button>
        </p>
      )}
      {data.charts?.map((chart) => (
        <Figure chart={chart} texts={texts} language={language} />
      ))}
      <Contacts contacts={data.contacts ?? []} texts={texts} language={language} />
      <Sources sources={data.sources ?? []} texts={texts} />
      {(read || rated) && (
        <div class="after">
          {rated && <Helpful texts={texts} onHelpful={(helpful) => onHelpful(key, answer, helpful)} />}
          {read && <ReadAloud text={text} language={language} texts={texts} />}
        </div>
      )}
    </article>
  );
}
