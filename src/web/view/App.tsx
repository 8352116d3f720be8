import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Chat, ChatState } from '../client/chat.ts';
import type { Settings } from '../settings.ts';
import { Announcer } from './Announcer.tsx';
import { Composer } from './Composer.tsx';
import { leaveTo, onTripleEscape, tellLauncher } from './frame.ts';
import { Header } from './Header.tsx';
import { Log } from './Log.tsx';
import { useVisibleHeight } from './viewport.ts';

interface Props {
  readonly first: Settings;
  readonly loadSettings: (locale: string) => Promise<Settings>;
  readonly openChat: (onChange: (state: ChatState) => void) => Chat;
}

/** A file was dropped or pasted: it is not taken, and the window says why. */
function hasFiles(data: DataTransfer | null): boolean {
  return (data?.files.length ?? 0) > 0 || [...(data?.items ?? [])].some(({ kind }) => kind === 'file');
}

/** The whole window: ways out, conversation, box. */
export function App({ first, loadSettings, openChat }: Props) {
  const [settings, setSettings] = useState(first);
  const [{ status, shown }, setState] = useState<ChatState>({ status: 'connecting', shown: [] });
  const [notice, setNotice] = useState('');
  // Outlives the box: where a conversation ends while somebody types, the words are there in the next one.
  const [draft, setDraft] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  const log = useRef<HTMLDivElement>(null);
  const again = useRef<HTMLButtonElement>(null);
  const chat = useMemo(() => openChat(setState), []);
  const { texts, locale, exitUrl } = settings;

  useVisibleHeight();
  // Before the first picture: what has come by then is in it.
  useLayoutEffect(() => {
    chat.open();
    tellLauncher({ chat: 'ready' });
    return () => chat.close();
  }, [chat]);
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = texts.title;
  }, [locale, texts.title]);

  const leave = () => {
    chat.leave();
    leaveTo(exitUrl);
  };
  useEffect(() => onTripleEscape(leave), [chat, exitUrl]);

  /** Where the keyboard goes when what had it goes away. On a phone the box would pull up the keys over the answer. */
  const goOn = () => {
    const place = matchMedia('(pointer: coarse)').matches ? log.current : box.current;
    place?.focus({ preventScroll: true });
  };
  useEffect(() => {
    if (document.activeElement !== document.body || shown.length < 2) return;
    if (status === 'ended') again.current?.focus();
    else goOn();
  }, [status, shown.length]);

  const send = (text: string) => {
    setNotice('');
    chat.send(text);
  };
  const clear = async () => {
    setNotice('');
    setDraft('');
    // A link that led here wanted something said; after clearing it must not be said again.
    history.replaceState(null, '', `${location.pathname}?lang=${locale}`);
    setNotice((await chat.clear()) ? texts.cleared : texts.clearedHere);
  };
  const changeLanguage = async (next: string) => {
    try {
      setSettings(await loadSettings(next));
      chat.speak(next);
      setNotice('');
    } catch {
      setNotice(texts.offline);
    }
  };
  const refuseFiles = (event: Event, data: DataTransfer | null) => {
    if (!hasFiles(data)) return;
    event.preventDefault();
    setNotice(texts.noFiles);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file must be refused wherever it is dropped or pasted
    <div
      class="window"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        // Also links and texts: nothing that is dropped may open in the place of the chat.
        event.preventDefault();
        refuseFiles(event, event.dataTransfer);
      }}
      onPaste={(event) => refuseFiles(event, event.clipboardData)}
    >
      <Header settings={settings} onLanguage={changeLanguage} onClear={clear} onLeave={leave} />
      <main>
        <Log
          pane={log}
          settings={settings}
          status={status}
          shown={shown}
          notice={notice}
          onClear={clear}
          onReply={(text) => {
            send(text);
            goOn();
          }}
          onResend={(key) => {
            chat.resend(key);
            goOn();
          }}
          onHelpful={chat.feedback}
        />
        {status === 'offline' && <p class="status">{texts.offline}</p>}
        {status === 'ended' ? (
          <div class="ended">
            <p>{texts.ended}</p>
            <button
              type="button"
              class="primary"
              ref={again}
              onClick={() => {
                chat.again();
                setNotice('');
                goOn();
              }}
            >
              {texts.again}
            </button>
          </div>
        ) : (
          <Composer box={box} texts={texts} text={draft} onText={setDraft} onSend={send} />
        )}
      </main>
      <Announcer texts={texts} status={status} shown={shown} notice={notice} />
    </div>
  );
}
