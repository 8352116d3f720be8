import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../helpers.ts';

/** WCAG 2.2 AA for text, and for the parts of controls. */
const TEXT = 4.5;
const CONTROL = 3;
const PAIRS: readonly (readonly [string, string, number])[] = [
  ['text', 'page', TEXT],
  ['text', 'surface', TEXT],
  ['text-soft', 'page', TEXT],
  ['text-soft', 'surface', TEXT],
  ['text', 'bubble-bot', TEXT],
  ['text-soft', 'bubble-bot', TEXT],
  ['bubble-me-text', 'bubble-me', TEXT],
  ['accent-text', 'accent', TEXT],
  ['accent', 'surface', TEXT],
  ['accent', 'bubble-bot', TEXT],
  ['exit-text', 'exit', TEXT],
  ['warn', 'page', TEXT],
  ['text-soft', 'surface', CONTROL],
];

const css = readFileSync(join(ROOT, 'src/web/tokens.css'), 'utf8');
const [light = '', dark = ''] = css.split('@media');

function colours(block: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((match) => [match[1], match[2]]),
  );
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ['light', colours(light)],
  ['dark', { ...colours(light), ...colours(dark) }],
] as const)('the %s colours', (_name, palette) => {
  test.each(PAIRS)('%s can be read on %s', (front, back, least) => {
    const [a, b] = [palette[front], palette[back]];
    if (!a || !b)
      throw new Error(`src/web/tokens.css has no colour --${a ? back : front} written as #rrggbb`);
    expect(
      contrast(a, b),
      `--${front} ${a} on --${back} ${b}: make one of them darker or lighter`,
    ).toBeGreaterThanOrEqual(least);
  });
});
