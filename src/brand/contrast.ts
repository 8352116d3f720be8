import type { Brand, Colour, Palette } from './types.ts';

/** WCAG 2.2 AA: text, and the parts of controls and drawings that must be seen. */
const TEXT = 4.5;
const SHAPE = 3;

/** What lies on what in the window: a colour, what is behind it, and the ratio it needs. */
const PAIRS: readonly (readonly [Colour, Colour, number])[] = [
  ['text', 'page', TEXT],
  ['text', 'surface', TEXT],
  ['text', 'accent-soft', TEXT],
  ['text-soft', 'page', TEXT],
  ['text-soft', 'surface', TEXT],
  ['mine-text', 'mine', TEXT],
  ['accent-text', 'accent', TEXT],
  ['accent', 'page', TEXT],
  ['accent', 'surface', TEXT],
  ['accent', 'accent-soft', TEXT],
  ['exit-text', 'exit', TEXT],
  ['exit', 'surface', SHAPE],
  ['warn', 'page', TEXT],
  ['warn', 'surface', TEXT],
  ['warn', 'warn-soft', TEXT],
  ['second', 'surface', SHAPE],
];

/** One pair of one palette, with its ratio and the ratio it needs. */
export interface Contrast {
  readonly palette: 'light' | 'dark';
  readonly front: Colour;
  readonly back: Colour;
  readonly ratio: number;
  readonly needed: number;
}

/** Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

/** Every pair of colours that meet in the window, in both palettes. */
export function contrastsOf(brand: Pick<Brand, 'light' | 'dark'>): readonly Contrast[] {
  const of = (palette: 'light' | 'dark', colours: Palette) =>
    PAIRS.map(([front, back, needed]) => ({
      palette,
      front,
      back,
      needed,
      ratio: contrast(colours[front], colours[back]),
    }));
  return [...of('light', brand.light), ...of('dark', brand.dark)];
}
