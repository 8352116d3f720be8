/** True where the browser has a voice for the language. */
export function canReadAloud(locale: string): boolean {
  return (globalThis.speechSynthesis?.getVoices() ?? []).some((voice) =>
    voice.lang.toLowerCase().startsWith(locale),
  );
}

/** Reads a text aloud, or stops reading where it is being read. */
export function readAloud(markdown: string, locale: string): void {
  const wasSpeaking = speechSynthesis.speaking;
  speechSynthesis.cancel();
  if (wasSpeaking) return;
  const utterance = new SpeechSynthesisUtterance(markdown.replaceAll('**', ''));
  utterance.lang = locale;
  speechSynthesis.speak(utterance);
}
