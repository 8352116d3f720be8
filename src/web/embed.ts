/**
 * `<script src="https://…/embed.js" data-lang="fr" async></script>` puts a launcher on any page.
 * It lives in a shadow root of its own and opens the chat in a frame: the page's styles and ours never meet.
 * `data-lang` chooses the language, `data-label` the words on the button, `data-position="left"` the corner.
 */
const script = document.currentScript as HTMLScriptElement | null;

/** Lengths in pixels: a page may have changed what a rem is. */
const STYLE = `
:host { all: initial; }
button { position: fixed; bottom: 16px; right: 16px; z-index: 2147483647; min-height: 48px; padding: 0 20px; border: 0;
  border-radius: 24px; background: #0b5563; color: #fff; font: 600 16px system-ui, sans-serif; cursor: pointer; }
button:focus-visible { outline: 3px solid #0b5563; outline-offset: 3px; }
:host([position='left']) button, :host([position='left']) iframe { right: auto; left: 16px; }
iframe { position: fixed; bottom: 80px; right: 16px; z-index: 2147483647; width: 384px; height: min(640px, calc(100vh - 96px));
  border: 1px solid #c9d1d3; border-radius: 16px; background: #fff; }
iframe[hidden] { display: none; }
@media (max-width: 480px) { iframe { inset: 0 0 72px 0; width: 100%; height: calc(100% - 72px); border-radius: 0; } }
@media (forced-colors: active) { button { border: 1px solid; } }
`;

function start(source: HTMLScriptElement): void {
  const server = new URL(source.src).origin;
  const { lang = '', label = 'Chat', position = 'right' } = source.dataset;
  const host = document.createElement('child-focus-chat');
  host.setAttribute('position', position);
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = label;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = label;
  button.ariaExpanded = 'false';
  if (lang !== '') button.lang = lang;
  button.addEventListener('click', () => {
    // The chat is loaded when it is first wanted: a page with the launcher costs its reader nothing more.
    if (frame.src === '') frame.src = `${server}/chat?lang=${encodeURIComponent(lang)}`;
    frame.hidden = !frame.hidden;
    button.ariaExpanded = String(!frame.hidden);
    button.textContent = frame.hidden ? label : `✕ ${label}`;
    if (!frame.hidden) frame.focus();
  });
  // "Leave quickly" inside the frame leaves with the whole page.
  addEventListener('message', ({ origin, source: from, data }: MessageEvent<{ leaveTo?: string } | null>) => {
    if (origin !== server || from !== frame.contentWindow || typeof data?.leaveTo !== 'string') return;
    if (/^https:\/\//.test(data.leaveTo)) location.replace(data.leaveTo);
  });
  root.append(frame, button);
  document.body.append(host);
}

if (script) {
  if (document.body) start(script);
  else addEventListener('DOMContentLoaded', () => start(script));
}
