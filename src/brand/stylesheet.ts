import type { Brand, Palette } from './types.ts';

const declare = (palette: Palette) =>
  Object.entries(palette)
    .map(([name, value]) => `--${name}: ${value};`)
    .join(' ');

/** The brand as custom properties, for both colour schemes. */
export function toStylesheet({ light, dark, radius, font }: Brand): string {
  return `:root { --radius: ${radius}; --font: ${font}; ${declare(light)} }
@media (prefers-color-scheme: dark) { :root { ${declare(dark)} } }
`;
}
