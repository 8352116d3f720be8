/**
 * `<script src="https://…/embed.js" data-lang="fr" async></script>` puts a launcher on any page.
 * It lives in a shadow root of its own and opens the chat in a frame: the page's styles and ours never meet.
 * `data-lang` chooses the language, `data-label` the words on the button, `data-position="left"` the corner;
 * `data-topic`, `data-dialog` and `data-campaign` go on to the chat.
 */

/** From the brand and `locales/`, put in at the build. */
declare const __LAUNCHER__: {
  readonly words: Readonly<Record<string, readonly [label: string, close: string]>>;
  readonly position: string;
  readonly colours: { readonly accent: string; readonly text: string; readonly surface: string };
  readonly line: string;
};

const { words, position: corner, colours, line } = __LAUNCHER__;

/** Lengths in pixels: a page may have changed what a rem is. */
const STYLE = `
:host { all: initial; color-scheme: light; }
button { position: fixed; bottom: calc(16px + env(safe-area-inset-bottom)); right: 16px; z-index: 2147483647;
  display: flex; align-items: center; gap: 10px; min-height: 52px; max-width: calc(100vw - 32px); padding: 0 22px 0 18px;
  border: 0; border-radius: 26px; background: ${colours.accent}; color: ${colours.text};
  font: 600 16px/1.2 system-ui, sans-serif; cursor: pointer; box-shadow: 0 4px 16px rgb(0 0 0 / 22%); }
button:focus-visible { outline: 3px solid ${colours.accent}; outline-offset: 3px; box-shadow: 0 0 0 3px ${colours.surface}; }
svg { flex: none; width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
iframe { position: fixed; bottom: calc(84px + env(safe-area-inset-bottom)); right: 16px; z-index: 2147483646;
  width: 400px; height: min(680px, calc(100vh - 104px)); border: 1px solid ${line}; border-radius: 18px;
  background: ${colours.surface}; box-shadow: 0 8px 40px rgb(0 0 0 / 24%); }
:host([corner='left']) button, :host([corner='left']) iframe { right: auto; left: 16px; }
[hidden] { display: none; }
@media (max-width: 480px), (max-height: 480px) {
  iframe { top: 0; bottom: 0; left: 0; right: 0; width: 100%; height: 100%; border: 0; border-radius: 0; }
  :host([corner='left']) iframe { left: 0; }
  .ready { display: none; }
}
@media (forced-colors: active) { button, iframe { border: 1px solid; } }
`;
const BUBBLE =
  'M12 4c5 0 9 3.3 9 7.5S17 19 12 19c-1 0-2-.1-3-.4L4.5 21l.9-3.7C3.8 15.9 3 13.8 3 11.5 3 7.3 7 4 12 4z';
const DOWN = 'M5 9l7 7 7-7';
const SVG = 'http://www.w3.org/2000/svg';
/** Presses of Escape that leave the page, and the time in which they must come (milliseconds). */
const PRESSES = 3;
const WITHIN = 1500;

type FromChat = { readonly chat?: string; readonly url?: string } | null;

function start({ src, dataset }: HTMLScriptElement): void {
  const server = new URL(src).origin;
  const tag = (dataset.lang || document.documentElement.lang || navigator.language).slice(0, 2).toLowerCase();
  const lang = tag in words ? tag : (Object.keys(words)[0] ?? '');
  const [ownLabel = 'Chat', close = '×'] = words[lang] ?? [];
  const label = dataset.label || ownLabel;
  const query = new URLSearchParams({ lang });
  for (const [name, value] of [
    ['topic', dataset.topic],
    ['dialog', dataset.dialog],
    ['c', dataset.campaign],
  ]) {
    if (name && value) query.set(name, value);
  }

  const host = document.createElement('child-focus-chat');
  host.setAttribute('corner', dataset.position || corner);
  const root = host.attachShadow({ mode: 'closed', delegatesFocus: true });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = label;
  frame.lang = lang;
  const button = document.createElement('button');
  button.type = 'button';
  button.lang = lang;
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  icon.append(path);
  const text = document.createElement('span');
  button.append(icon, text);

  const show = (open: boolean) => {
    // The chat is loaded when it is first wanted: a page with the launcher costs its reader nothing more.
    if (open && frame.src === '') frame.src = `${server}/chat?${query}`;
    frame.hidden = !open;
    button.ariaExpanded = String(open);
    text.textContent = open ? close : label;
    path.setAttribute('d', open ? DOWN : BUBBLE);
    if (!open) button.classList.remove('ready');
    else if (loaded) button.classList.add('ready');
  };
  let loaded = false;
  button.addEventListener('click', () => {
    show(frame.hidden === true);
    if (!frame.hidden) frame.focus();
  });
  show(false);

  // On a phone the keyboard shrinks what can be seen of this page, not of the frame: the frame is fitted to it.
  const viewport = window.visualViewport;
  const fit = () => {
    const small = matchMedia('(max-width: 480px), (max-height: 480px)').matches && viewport;
    frame.style.height = small ? `${viewport.height}px` : '';
    frame.style.top = small ? `${viewport.offsetTop}px` : '';
  };
  viewport?.addEventListener('resize', fit);
  viewport?.addEventListener('scroll', fit);

  const leave = (url: string) => {
    if (!/^https?:\/\//.test(url)) return;
    host.remove();
    location.replace(url);
  };
  addEventListener('message', ({ origin, source, data }: MessageEvent<FromChat>) => {
    if (origin !== server || source !== frame.contentWindow || !data) return;
    if (data.chat === 'leave') leave(data.url ?? '');
    if (data.chat === 'close') {
      show(false);
      button.focus();
    }
    // From now on the chat has a button of its own to make it small, so that on a phone it may take the whole screen.
    if (data.chat === 'ready') {
      loaded = true;
      if (!frame.hidden) button.classList.add('ready');
    }
  });
  // Escape three times leaves from this page too, while the chat is open; the chat erases itself and says where to.
  let presses: number[] = [];
  addEventListener('keydown', ({ key, timeStamp }) => {
    presses = key === 'Escape' ? [...presses.filter((time) => timeStamp - time < WITHIN), timeStamp] : [];
    if (presses.length >= PRESSES && !frame.hidden)
      frame.contentWindow?.postMessage({ chat: 'leave' }, server);
  });

  root.append(frame, button);
  document.body.append(host);
}

const script = document.currentScript as HTMLScriptElement | null;
if (script) {
  if (document.body) start(script);
  else addEventListener('DOMContentLoaded', () => start(script));
}
