/** What the window and the launcher around it tell each other. */
export type ToLauncher =
  | { readonly chat: 'ready' | 'close' }
  | { readonly chat: 'leave'; readonly url: string };

/** True where the window stands in the frame of a launcher. */
export const isFramed = window.parent !== window;

/** The launcher is on a page of the allow-list; nothing secret is said to it. */
export function tellLauncher(message: ToLauncher): void {
  if (isFramed) window.parent.postMessage(message, '*');
}

/** Time in which a launcher takes the whole page away; where there is none, the frame goes alone. */
const LAUNCHER_LEAVES_WITHIN = 400;

/** Opens a neutral page in the place of this one, so that "back" does not lead here. */
export function leaveTo(url: string): void {
  document.body.replaceChildren();
  document.title = '';
  if (!isFramed) {
    window.location.replace(url);
    return;
  }
  tellLauncher({ chat: 'leave', url });
  setTimeout(() => window.location.replace(url), LAUNCHER_LEAVES_WITHIN);
}

/** Presses of Escape that leave the page, and the time in which they must come (milliseconds). */
const PRESSES = 3;
const WITHIN = 1500;

/** Calls `leave` after Escape three times in a row, here or in the page around. Returns how to stop listening. */
export function onTripleEscape(leave: () => void): () => void {
  const stop = new AbortController();
  let times: number[] = [];
  const listen = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') {
      times = [];
      return;
    }
    times = [...times.filter((time) => event.timeStamp - time < WITHIN), event.timeStamp];
    if (times.length >= PRESSES) leave();
  };
  addEventListener('keydown', listen, { signal: stop.signal });
  addEventListener(
    'message',
    ({ source, data }: MessageEvent<{ chat?: string } | null>) => {
      if (isFramed && source === window.parent && data?.chat === 'leave') leave();
    },
    { signal: stop.signal },
  );
  return () => stop.abort();
}
