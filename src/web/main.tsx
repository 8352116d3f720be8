import { render } from 'preact';
import 'virtual:brand.css';
import './styles/base.css';
import './styles/window.css';
import './styles/messages.css';
import { createChat } from './client/chat.ts';
import { readOpenings } from './client/opening.ts';
import { tabSessions } from './client/session.ts';
import { createBrowserTransport } from './client/transport.ts';
import type { Settings } from './settings.ts';
import { App } from './view/App.tsx';

const root = document.getElementById('chat');
const settings = JSON.parse(document.getElementById('settings')?.textContent ?? '') as Settings;

/** Fetches what the page says in another language. */
async function loadSettings(locale: string): Promise<Settings> {
  const response = await fetch(`/chat/config.json?lang=${encodeURIComponent(locale)}`);
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return (await response.json()) as Settings;
}

if (root) {
  // What the server drew is for the moment before this script, and for browsers without it.
  root.replaceChildren();
  render(
    <App
      first={settings}
      loadSettings={loadSettings}
      openChat={(onChange) =>
        createChat({
          locale: settings.locale,
          openings: readOpenings(new URLSearchParams(location.search), settings.topics, settings.locale),
          transport: createBrowserTransport(window.conversation),
          sessions: tabSessions,
          newId: () => crypto.randomUUID(),
          onChange,
        })
      }
    />,
    root,
  );
}
