import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { isWaiting, languageOf, type Shown } from '../client/conversation.ts';
import type { LineStatus } from '../client/line.ts';
import type { Settings } from '../settings.ts';
import { Icon } from './icons.tsx';
import { MessageView } from './MessageView.tsx';
import { useVoices } from './speech.ts';

interface Props {
  readonly pane: RefObject<HTMLDivElement | null>;
  readonly settings: Settings;
  readonly status: LineStatus;
  readonly shown: readonly Shown[];
  readonly notice: string;
  readonly onClear: () => void;
  readonly onReply: (text: string) => void;
  readonly onResend: (key: string) => void;
  readonly onHelpful: (key: string, answer: string, helpful: boolean) => void;
}

/** Part of the pane that the question may take when it is kept in sight above its answer. */
const QUESTION = 0.25;

/** Shows an answer from its beginning, with the question above it where there is room. Only the pane scrolls. */
function showLast(pane: HTMLElement): void {
  const bubbles = pane.querySelectorAll<HTMLElement>('.bubble');
  const last = bubbles.item(bubbles.length - 1);
  const before = bubbles.item(bubbles.length - 2);
  if (!last || !before) return;
  const keepsQuestion =
    before.classList.contains('me') && before.offsetHeight < pane.clientHeight * QUESTION ? before : last;
  pane.scrollTo({ top: keepsQuestion.offsetTop - pane.offsetTop - 8 });
}

/** What was said, and the replies to choose from. */
export function Log(props: Props) {
  const { pane, settings, status, shown, notice, onClear, onReply, onResend, onHelpful } = props;
  const { texts } = settings;
  const voices = useVoices();
  useEffect(() => {
    if (pane.current) showLast(pane.current);
  }, [shown.length]);
  const failures = shown.filter(({ delivery }) => delivery === 'failed').length;
  // What failed says so in its bubble, which the bar below it must not cover.
  useEffect(() => {
    if (failures > 0)
      pane.current?.querySelector('.me.failed:last-of-type')?.scrollIntoView({ block: 'nearest' });
  }, [failures, status]);
  useEffect(() => {
    if (notice !== '') pane.current?.querySelector('.notice')?.scrollIntoView({ block: 'nearest' });
  }, [notice]);

  const last = shown.at(-1);
  const buttons = last && !last.mine && status !== 'ended' ? last.buttons : [];
  const waiting = isWaiting(shown) && status === 'online';
  return (
    // What is new is announced in one place beside this one, so that buttons and tables are not read out.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <div class="log" ref={pane} role="log" aria-live="off" aria-label={texts.conversation} tabIndex={0}>
      <p class="note" id="exit-note">
        {texts.exitNote}
      </p>
      {shown.map((message, i) => (
        <MessageView
          key={message.key}
          message={message}
          language={languageOf(shown, i) ?? settings.locale}
          texts={texts}
          voices={voices}
          onResend={onResend}
          onHelpful={onHelpful}
        />
      ))}
      {(waiting || (status === 'connecting' && shown.length === 0)) && (
        <p class="typing">
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {texts.typing}
        </p>
      )}
      {notice !== '' && <p class="notice">{notice}</p>}
      {buttons.length > 0 && (
        <ul class="replies" aria-label={texts.quickReplies} lang={last?.locale}>
          {buttons.map(({ title, value }) => (
            <li>
              <button type="button" onClick={() => onReply(value)}>
                {title}
              </button>
            </li>
          ))}
        </ul>
      )}
      {/* In the place of the one in the header where the screen is low. */}
      <button type="button" class="quiet clear-low" onClick={onClear}>
        <Icon name="clear" />
        {texts.clear}
      </button>
    </div>
  );
}
