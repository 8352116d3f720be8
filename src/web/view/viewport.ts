import { useLayoutEffect } from 'preact/hooks';

/** Keeps the window as high as what can be seen, so that a phone's keyboard never covers the box. */
export function useVisibleHeight(): void {
  useLayoutEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const stop = new AbortController();
    const keepHeight = () => {
      const { style } = document.documentElement;
      // Pinched larger, the window keeps its size: the person moves over it.
      if (viewport.scale > 1.01) return;
      style.setProperty('--visible-height', `${Math.round(viewport.height)}px`);
      style.setProperty('--visible-top', `${Math.round(viewport.offsetTop)}px`);
    };
    keepHeight();
    for (const event of ['resize', 'scroll'])
      viewport.addEventListener(event, keepHeight, { signal: stop.signal });
    return () => stop.abort();
  }, []);
}
