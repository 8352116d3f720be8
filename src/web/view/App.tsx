import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { createLine, type LineStatus } from '../client/connection.ts';
import { addOwn, isWaiting, mark, merge, type Shown } from '../client/conversation.ts';
import { Composer } from './Composer.tsx';
import { Header } from './Header.tsx';
import { leaveTo, onTripleEscape } from './leave.ts';
import { MessageView } from './MessageView.tsx';
import type { Settings } from './texts.ts';

interface Props {
  readonly settings: Settings;
  readonly onLanguage: (locale: string) => void;
  /** Sent in the person's name once the line is open, for links that lead to a topic. */
  readonly opening: string | undefined;
}

/** Keeps the window as high as what can be seen, so that the keyboard never covers the box. */
function useVisibleHeight(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const keepHeight = () =>
      document.documentElement.style.setProperty('--visible-height', `${Math.round(viewport.height)}px`);
    keepHeight();
    viewport.addEventListener('resize', keepHeight);
    return () => viewport.removeEventListener('resize', keepHeight);
  }, []);
}

export function App({ settings, onLanguage, opening }: Props) {
  const { texts, locale } = settings;
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const [status, setStatus] = useState<LineStatus>('connecting');
  const [notice, setNotice] = useState('');
  const [round, setRound] = useState(0);
  const log = useRef<HTMLDivElement>(null);
  const opened = useRef(false);
  // A conversation keeps its line when the language of the window changes: the bot follows the person's words.
  const line = useMemo(
    () =>
      createLine(locale, {
        onActivities: (activities) => setShown((before) => merge(before, activities)),
        onStatus: setStatus,
      }),
    [round],
  );

  useVisibleHeight();
  useEffect(() => {
    void line.open();
    return () => line.close();
  }, [line]);

  const post = async (key: string, text: string) => {
    setShown((before) => mark(before, key, 'sending'));
    try {
      await line.send({ type: 'message', text, locale, channelData: { clientActivityID: key } });
      setShown((before) => mark(before, key, 'sent'));
    } catch {
      setShown((before) => mark(before, key, 'failed'));
    }
  };
  const send = (text: string) => {
    const key = crypto.randomUUID();
    setNotice('');
    setShown((before) => addOwn(before, key, text));
    void post(key, text);
  };
  const exit = () => {
    void line.erase().catch(() => undefined);
    leaveTo(settings.exitUrl);
  };
  const clear = async () => {
    await line.erase().catch(() => undefined);
    setShown([]);
    setNotice(texts.cleared);
    setRound((before) => before + 1);
  };
  useEffect(() => onTripleEscape(exit), [line, settings.exitUrl]);
  useEffect(() => {
    if (status !== 'online' || opening === undefined || opened.current) return;
    opened.current = true;
    send(opening);
  }, [status]);
  useEffect(() => {
    const bubbles = log.current?.querySelectorAll<HTMLElement>('.bubble');
    const last = bubbles?.item(bubbles.length - 1);
    // Only the conversation scrolls: the header with its ways out stays where it is.
    if (last && shown.length > 1) log.current?.scrollTo({ top: last.offsetTop - log.current.offsetTop });
  }, [shown.length]);

  const last = shown.at(-1);
  const buttons = last && !last.mine ? last.buttons : [];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file must be refused anywhere in the window
    <div
      class="window"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if ((event.dataTransfer?.files.length ?? 0) > 0) setNotice(texts.noFiles);
      }}
    >
      <Header settings={settings} onLanguage={onLanguage} onClear={clear} onExit={exit} />
      <main>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <div class="log" ref={log} role="log" aria-live="polite" aria-label={texts.conversation} tabIndex={0}>
          <p class="note" id="exit-note">
            {texts.exitNote}
          </p>
          {shown.map((message) => (
            <MessageView
              key={message.key}
              message={message}
              texts={texts}
              onResend={({ key, text }) => void post(key, text)}
              onHelpful={(answer, helpful) =>
                void line
                  .send({ type: 'event', name: 'feedback', value: { answer, helpful } })
                  .catch(() => undefined)
              }
            />
          ))}
          {isWaiting(shown) && status === 'online' && <p class="typing">{texts.typing}</p>}
          {notice !== '' && <p class="typing">{notice}</p>}
          {buttons.length > 0 && (
            <fieldset class="replies">
              <legend class="hidden">{texts.quickReplies}</legend>
              {buttons.map(({ title, value }) => (
                <button type="button" lang={last?.locale} onClick={() => send(value)}>
                  {title}
                </button>
              ))}
            </fieldset>
          )}
        </div>
        {status === 'offline' && (
          <p class="status" role="status">
            {texts.offline}
          </p>
        )}
        {status === 'ended' ? (
          <p class="status" role="status">
            {texts.ended}{' '}
            <button
              type="button"
              class="send"
              onClick={() => {
                setShown([]);
                setRound(round + 1);
              }}
            >
              {texts.again}
            </button>
          </p>
        ) : (
          <Composer texts={texts} onSend={send} onFile={() => setNotice(texts.noFiles)} />
        )}
      </main>
    </div>
  );
}
