import { useRef, useState } from 'preact/hooks';
import type { Texts } from './texts.ts';

interface Props {
  readonly texts: Texts;
  readonly onSend: (text: string) => void;
  /** Somebody tried to give a file or a picture. */
  readonly onFile: () => void;
}

const MAX_LENGTH = 2000;

function hasFiles(data: DataTransfer | null): boolean {
  return (data?.files.length ?? 0) > 0;
}

/** The box to type in. Enter sends, Shift+Enter makes a new line; files are refused kindly. */
export function Composer({ texts, onSend, onFile }: Props) {
  const [text, setText] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  const submit = () => {
    if (text.trim() === '') return;
    onSend(text);
    setText('');
    box.current?.focus();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label class="hidden" for="message">
        {texts.placeholder}
      </label>
      <textarea
        id="message"
        ref={box}
        rows={1}
        maxLength={MAX_LENGTH}
        placeholder={texts.placeholder}
        autocomplete="off"
        enterkeyhint="send"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          submit();
        }}
        onPaste={(event) => {
          if (!hasFiles(event.clipboardData)) return;
          event.preventDefault();
          onFile();
        }}
      />
      <button type="submit" class="send">
        {texts.send}
      </button>
    </form>
  );
}
