import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contrast, contrastsOf, readBrand, toStylesheet } from '../src/brand/index.ts';

const ROOT = join(import.meta.dirname, '..');

const shipped = readBrand(join(ROOT, 'brand'));

/** A brand folder like the shipped one, changed. */
function brandWith(change: (brand: Record<string, Record<string, string>>) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'brand-'));
  const brand = structuredClone(shipped.brand) as unknown as Record<string, Record<string, string>>;
  change(brand);
  writeFileSync(join(folder, 'brand.json'), JSON.stringify(brand));
  writeFileSync(join(folder, 'logo.svg'), shipped.logo);
  return folder;
}

test('contrast is measured as WCAG measures it', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

describe('the shipped brand', () => {
  test.each(
    contrastsOf(shipped.brand).map(
      (pair) => [`${pair.palette}: ${pair.front} on ${pair.back}`, pair] as const,
    ),
  )('can be read (%s)', (_name, { ratio, needed }) => {
    expect(ratio).toBeGreaterThanOrEqual(needed);
  });
});

test('colours that are hard to read are refused, with the pair, its ratio and the ratio it needs', () => {
  const folder = brandWith((brand) => Object.assign(brand.light ?? {}, { accent: '#77bbcc' }));
  expect(() => readBrand(folder)).toThrow(
    /brand\.json.*\n.*light: "accent-text" on "accent" has a contrast of 2\.\d\d, and needs 4\.5: make one darker or lighter/,
  );
});

test('a wrong value is named with its place and an example', () => {
  const folder = brandWith((brand) => Object.assign(brand.dark ?? {}, { exit: 'red' }));
  expect(() => readBrand(folder)).toThrow(/dark\.exit: a colour is written as #rrggbb, for example #0b5563/);
});

test('a value cannot smuggle styles in', () => {
  const folder = brandWith((brand) => Object.assign(brand, { font: 'x; } body { display: none' }));
  expect(() => readBrand(folder)).toThrow(/font: a value of a style sheet/);
});

test('a missing folder is told with the way to mend it', () => {
  expect(() => readBrand('/nowhere')).toThrow(/\/nowhere\/brand\.json cannot be read.*BRAND_DIR/);
});

test('every colour reaches the page, in both schemes', () => {
  const css = toStylesheet(shipped.brand);
  for (const colour of [...Object.values(shipped.brand.light), ...Object.values(shipped.brand.dark)]) {
    expect(css).toContain(colour);
  }
});
