import { render } from 'preact';
import { App } from './view/App.tsx';
import type { Settings } from './view/texts.ts';

/** `?lang=fr` chooses the language, `?topic=grooming` asks for a topic at once. */
const query = new URLSearchParams(location.search);
const root = document.getElementById('chat');

async function loadSettings(locale: string): Promise<Settings> {
  const response = await fetch(`/chat/config.json?lang=${encodeURIComponent(locale)}`);
  return (await response.json()) as Settings;
}

async function show(locale: string): Promise<void> {
  const settings = await loadSettings(locale);
  document.documentElement.lang = settings.locale;
  document.title = settings.texts.title;
  if (!root) return;
  render(
    <App
      settings={settings}
      onLanguage={(next) => void show(next)}
      opening={query.get('topic') ?? undefined}
    />,
    root,
  );
}

void show(query.get('lang') ?? '');
