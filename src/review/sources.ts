import { type Knowledge, type Places, type Problem, placeInBody, problem } from '../knowledge/index.ts';

const FIGURE = /\{\{\s*(figure|percent|factor|share)\s+([\w.-]+)((?:\s+[\w.-]+)*)\s*\}\}/g;

/** Figures in a text whose source the answer does not name. */
export function figuresWithoutSource({ series }: Knowledge, places: Places): Problem[] {
  return places.answers.flatMap((one) => {
    const { answer } = one;
    const named = new Set(answer.sources);
    return [...answer.body.matchAll(FIGURE)].flatMap(({ 0: reference, 1: kind, 2: id, 3: rest, index }) => {
      const { values = [], shares = [] } = series[id ?? ''] ?? {};
      const years = (rest ?? '').trim().split(/\s+/).map(Number);
      const used = (kind === 'share' ? shares : values).filter(({ year }) => years.includes(year));
      const missing = [...new Set(used.map(({ source }) => source))].filter((source) => !named.has(source));
      if (missing.length === 0) return [];
      for (const source of missing) named.add(source);
      const place = { ...placeInBody(one, index), text: reference };
      const values_ = { reference, source: missing.join(', ') };
      return [problem('warning', 'figure-without-source', place, values_)];
    });
  });
}
