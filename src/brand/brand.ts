import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Contrast, contrastsOf } from './contrast.ts';
import { type Brand, brandSchema } from './types.ts';

/** A brand with its logo, as it goes into the page. */
export interface LoadedBrand {
  readonly brand: Brand;
  /** Text of the SVG. */
  readonly logo: string;
}

/** Thrown when a brand can't be used: the message names the file, each field and how to mend it. */
export class BrandError extends Error {
  override readonly name = 'BrandError';
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new BrandError(`${file} cannot be read. Put the file there, or set BRAND_DIR to its folder.`);
  }
}

function parse(file: string): Brand {
  let json: unknown;
  try {
    json = JSON.parse(read(file));
  } catch (error) {
    if (error instanceof BrandError) throw error;
    throw new BrandError(`${file} is not valid JSON: ${(error as Error).message}`);
  }
  const parsed = brandSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || 'file'}: ${message}`);
  throw new BrandError(`${file} has ${lines.length} wrong value(s):\n${lines.join('\n')}`);
}

export function describeContrast({ palette, front, back, ratio, needed }: Contrast): string {
  return `${palette}: "${front}" on "${back}" has a contrast of ${ratio.toFixed(2)}, and needs ${needed.toFixed(1)}`;
}

/**
 * Reads `brand.json` and its logo.
 *
 * @throws {BrandError} for a missing file, a wrong value, or colours that people could not read
 */
export function readBrand(folder: string): LoadedBrand {
  const file = join(folder, 'brand.json');
  const brand = parse(file);
  const faint = contrastsOf(brand).filter(({ ratio, needed }) => ratio < needed);
  if (faint.length > 0) {
    const lines = faint.map((pair) => `  ${describeContrast(pair)}: make one darker or lighter`);
    throw new BrandError(`${file} has colours that are hard to read:\n${lines.join('\n')}`);
  }
  return { brand, logo: read(join(folder, brand.logo)) };
}
