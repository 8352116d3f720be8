import { useEffect, useState } from 'preact/hooks';

const synthesis = globalThis.speechSynthesis as SpeechSynthesis | undefined;

/** Languages (`nl`) for which the browser has a voice. Voices often come after the page. */
export function useVoices(): ReadonlySet<string> {
  const [languages, setLanguages] = useState(voices);
  useEffect(() => {
    const update = () => setLanguages(voices());
    update();
    synthesis?.addEventListener?.('voiceschanged', update);
    return () => {
      synthesis?.removeEventListener?.('voiceschanged', update);
      synthesis?.cancel();
    };
  }, []);
  return languages;
}

function voices(): ReadonlySet<string> {
  return new Set((synthesis?.getVoices() ?? []).map(({ lang }) => lang.slice(0, 2).toLowerCase()));
}

/** Reads a text aloud in place of what is being read. @param onEnd called once, also when it is stopped */
export function readAloud(markdown: string, locale: string, onEnd: () => void): void {
  synthesis?.cancel();
  const utterance = new SpeechSynthesisUtterance(markdown.replaceAll('**', ''));
  utterance.lang = locale;
  utterance.onend = onEnd;
  utterance.onerror = onEnd;
  synthesis?.speak(utterance);
}

export function stopReading(): void {
  synthesis?.cancel();
}
