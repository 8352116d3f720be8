/** Presses of Escape that leave the page, and the time in which they must come (milliseconds). */
const PRESSES = 3;
const WITHIN = 1500;

/** Calls `leave` after Escape three times in a row. Returns how to stop listening. */
export function onTripleEscape(leave: () => void): () => void {
  let times: number[] = [];
  const listen = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') {
      times = [];
      return;
    }
    times = [...times.filter((time) => event.timeStamp - time < WITHIN), event.timeStamp];
    if (times.length >= PRESSES) leave();
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}

/** Opens a neutral page in the place of this one. In a frame, the page around it is asked to go with it. */
export function leaveTo(url: string): void {
  document.body.replaceChildren();
  if (window.parent !== window) window.parent.postMessage({ leaveTo: url }, '*');
  else window.location.replace(url);
}
