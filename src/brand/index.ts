export { BrandError, describeContrast, type LoadedBrand, readBrand } from './brand.ts';
export { type Contrast, contrast, contrastsOf } from './contrast.ts';
export { toStylesheet } from './stylesheet.ts';
export type { Brand } from './types.ts';
