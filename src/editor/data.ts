/** What a form and a file exchange: JSON without `null` left in it. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

export function isRecord(value: unknown): value is Record<string, Data> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Same data, whatever the order of the keys. */
export function same(a: Data | undefined, b: Data | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, i) => same(one, b[i]));
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => same(a[key], b[key]));
  }
  return a === b;
}

function isEmpty(value: Data | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.values(value).every(isEmpty);
}

/**
 * What a form sends, brought to what the file should hold: a field that the file does not have and that was left empty
 * stays absent; a text that was emptied is removed; texts lose the spaces around them.
 */
export function tidy(wanted: Data, before: Data | undefined): Data {
  if (typeof wanted === 'string') return before === wanted ? wanted : wanted.trim();
  if (Array.isArray(wanted)) {
    const items = wanted.filter((item) => item !== null && item !== '');
    return items.map((item, i) => tidy(item, Array.isArray(before) ? before[i] : undefined));
  }
  if (!isRecord(wanted)) return wanted;
  const old = isRecord(before) ? before : {};
  const entries = Object.entries(wanted).flatMap(([key, value]): [string, Data][] => {
    const had = old[key];
    if (had === undefined && isEmpty(value)) return [];
    if (value === null || value === '') return [];
    return [[key, tidy(value, had)]];
  });
  return Object.fromEntries(entries);
}
