import type { JSX } from 'preact';

const PATHS = {
  phone:
    'M6.6 3.5 9 3l2 4.6-1.9 1.5a11 11 0 0 0 5 5l1.5-1.9 4.6 2-.5 2.4a3 3 0 0 1-3.1 2.4C10.2 18.5 5 13.3 4.2 6.6a3 3 0 0 1 2.4-3.1z',
  leave: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  clear: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  send: 'M4 12 20 4l-5 16-3.5-6.5z',
  close: 'M6 9l6 6 6-6',
  out: 'M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9',
  voice: 'M4 9v6h4l5 4V5L8 9zM16.5 8.5a5 5 0 0 1 0 7M19 6a8.5 8.5 0 0 1 0 12',
  stop: 'M7 7h10v10H7z',
} as const;

/** A drawing beside words or in their place; the words are for whoever does not see it. */
export function Icon({ name }: { name: keyof typeof PATHS }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
