import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Texts } from '../settings.ts';
import { Icon } from './icons.tsx';

interface Props {
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly texts: Texts;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onSend: (text: string) => void;
}

/** Characters of one message. */
const MAX_LENGTH = 2000;

/** The box to type in. Enter sends, Shift+Enter makes a new line. */
export function Composer({ box, texts, text, onText, onSend }: Props) {
  const tooLong = text.length > MAX_LENGTH;
  const submit = () => {
    box.current?.focus();
    if (text.trim() === '' || tooLong) return;
    onSend(text);
    onText('');
  };
  // The box grows with what is typed, up to the height that the style sheet allows.
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  }, [text]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {tooLong && (
        <p class="too-long" id="too-long">
          {texts.tooLong.replace('{{max}}', String(MAX_LENGTH))}
        </p>
      )}
      <label class="hidden" for="message">
        {texts.placeholder}
      </label>
      <textarea
        id="message"
        ref={box}
        rows={1}
        placeholder={texts.placeholder}
        autocomplete="off"
        enterkeyhint="send"
        aria-invalid={tooLong}
        aria-describedby={tooLong ? 'too-long' : undefined}
        value={text}
        onInput={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          submit();
        }}
      />
      <button type="submit" class="send" title={texts.send}>
        <Icon name="send" />
        <span class="hidden">{texts.send}</span>
      </button>
    </form>
  );
}
