import { useEffect, useRef, useState } from 'preact/hooks';
import type { Texts } from '../settings.ts';

interface Props {
  readonly texts: Texts;
  readonly onHelpful: (helpful: boolean) => void;
}

/** "Was this helpful?": one tap, then a word of thanks in its place. */
export function Helpful({ texts, onHelpful }: Props) {
  const [said, setSaid] = useState(false);
  const thanks = useRef<HTMLParagraphElement>(null);
  // The button that had the focus is gone: the thanks take it over.
  useEffect(() => {
    if (said) thanks.current?.focus({ preventScroll: true });
  }, [said]);
  if (said) {
    return (
      <p class="helpful" ref={thanks} tabIndex={-1}>
        {texts.thanks}
      </p>
    );
  }
  const say = (helpful: boolean) => {
    setSaid(true);
    onHelpful(helpful);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend cannot stand in a row with its buttons everywhere
    <div class="helpful" role="group" aria-label={texts.helpful}>
      <span aria-hidden="true">{texts.helpful}</span>
      <button type="button" onClick={() => say(true)}>
        {texts.yes}
      </button>
      <button type="button" onClick={() => say(false)}>
        {texts.no}
      </button>
    </div>
  );
}
