/** Messages as the window shows them, on a page for staff: the same components and styles, without a conversation. */
import { render } from 'preact';
import 'virtual:brand.css';
import './styles/base.css';
import './styles/window.css';
import './styles/messages.css';
import { merge } from './client/conversation.ts';
import type { Activity } from './client/protocol.ts';
import type { Settings } from './settings.ts';
import { Log } from './view/Log.tsx';

interface Preview {
  readonly locale: string;
  readonly activities: readonly Activity[];
}

const root = document.getElementById('chat');
const { locale, activities }: Preview = JSON.parse(document.getElementById('preview')?.textContent ?? '');

/** A button of the window asks its question on the page around, which shows what comes of it. */
function ask(text: string): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/staff/preview';
  form.target = '_top';
  for (const [name, value] of Object.entries({ question: text, locale })) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

async function show(): Promise<void> {
  const response = await fetch(`/chat/config.json?lang=${encodeURIComponent(locale)}`);
  const settings = (await response.json()) as Settings;
  document.documentElement.lang = locale;
  if (!root) return;
  render(
    <div class="window">
      <Log
        pane={{ current: null }}
        settings={settings}
        status="online"
        shown={merge([], activities)}
        notice=""
        onClear={() => undefined}
        onReply={ask}
        onResend={() => undefined}
        onHelpful={() => undefined}
      />
    </div>,
    root,
  );
}

void show();
