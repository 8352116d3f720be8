import { useEffect, useRef, useState } from 'preact/hooks';
import type { Shown } from '../client/conversation.ts';
import { isWaiting } from '../client/conversation.ts';
import type { LineStatus } from '../client/line.ts';
import type { Texts } from '../settings.ts';

interface Props {
  readonly texts: Texts;
  readonly status: LineStatus;
  readonly shown: readonly Shown[];
  readonly notice: string;
}

interface Said {
  readonly key: number;
  readonly text: string;
  readonly lang?: string;
}

/** Only the last ones stay: a screen reader reads what is added. */
const KEPT = 3;
/** A reply that takes longer is said to be on its way. */
const SLOW = 1500;

/** The one place that speaks by itself to screen readers: answers in their own language, and how the chat stands. */
export function Announcer({ texts, status, shown, notice }: Props) {
  const [said, setSaid] = useState<readonly Said[]>([]);
  const heard = useRef(new Set<string>());
  const count = useRef(0);
  const say = (text: string, lang?: string) => {
    count.current++;
    const next = { key: count.current, text, ...(lang !== undefined && { lang }) };
    setSaid((before) => [...before, next].slice(-KEPT));
  };

  useEffect(() => {
    const news = shown.filter(({ key, mine }) => !mine && !heard.current.has(key));
    for (const { key } of news) heard.current.add(key);
    // After a reload many messages come at once: the last one is enough.
    const last = news.at(-1);
    if (!last) return;
    say(`${texts.bot}: ${last.text.replaceAll('**', '')}`, last.locale);
    if (last.buttons.length > 0) say(`${texts.quickReplies}: ${last.buttons.length}`);
  }, [shown]);
  useEffect(() => {
    if (notice !== '') say(notice);
  }, [notice]);
  useEffect(() => {
    if (status === 'offline' || status === 'ended') say(texts[status]);
  }, [status]);
  const failures = shown.filter(({ delivery }) => delivery === 'failed').length;
  useEffect(() => {
    if (failures > 0) say(texts.failed);
  }, [failures]);
  const waiting = isWaiting(shown);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => say(texts.typing), SLOW);
    return () => clearTimeout(timer);
  }, [waiting]);

  return (
    <div class="hidden" aria-live="polite">
      {said.map(({ key, text, lang }) => (
        <p key={key} lang={lang}>
          {text}
        </p>
      ))}
    </div>
  );
}
