/** `npm run brand`: checks the brand, and prints the contrast of every pair of colours that meet in the window. */
import { join, resolve } from 'node:path';
import { BrandError, contrastsOf, describeContrast, readBrand } from '../brand/index.ts';
import { readCall } from './call.ts';

readCall(
  `Use: npm run brand
Checks the brand in the folder brand, or in BRAND_DIR, and prints the contrast of every pair of colours that meet in the window.`,
  {},
);

const ROOT = join(import.meta.dirname, '..', '..');
const folder = resolve(process.env.BRAND_DIR ?? join(ROOT, 'brand'));

try {
  const { brand } = readBrand(folder);
  for (const pair of contrastsOf(brand)) console.log(describeContrast(pair));
  console.log(`\n${brand.name}: every colour can be read (${folder}).`);
} catch (error) {
  if (!(error instanceof BrandError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
