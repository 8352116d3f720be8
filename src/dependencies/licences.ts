/** Licences that an MIT project may be distributed with. Any other one is looked at by a person first. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
]);

/** As much of `package-lock.json` as is read here. */
export interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly license?: string; readonly dev?: boolean }>
  >;
}

export interface Licensed {
  readonly name: string;
  readonly version: string;
  /** As the package says it, in SPDX's words; undefined where it says nothing. */
  readonly licence: string | undefined;
}

/** What is installed for production, in the order of its names. */
export function licencesOf({ packages }: Lock): readonly Licensed[] {
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version = '', license }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** `(MIT OR GPL-3.0)` leaves the choice; `MIT AND ISC` asks for both. */
function isAllowed(licence: string): boolean {
  const choices = licence.replace(/[()]/g, '').split(/\s+OR\s+/);
  return choices.some((choice) => choice.split(/\s+AND\s+/).every((one) => ALLOWED.has(one.trim())));
}

/** Packages that a person must look at before they are used. */
export function unknownLicences(packages: readonly Licensed[]): readonly Licensed[] {
  return packages.filter(({ licence }) => licence === undefined || !isAllowed(licence));
}
