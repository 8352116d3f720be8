import { type Html, html } from '../../staff/index.ts';
import type { Shown } from '../publish.ts';

/** Words of a chart, in the reader's language. */
export interface ChartWords {
  readonly fewer: string;
  readonly asTable: string;
  readonly format: (count: number) => string;
}

export function figureText(count: Shown, { fewer, format }: ChartWords): string {
  return count === undefined ? fewer : format(count);
}

export interface Bar {
  readonly label: string;
  readonly count: Shown;
}

/** A table whose middle column draws the numbers: the chart is the table, so everybody reads the same. */
export function barTable(
  caption: string,
  heads: readonly [string, string],
  bars: readonly Bar[],
  words: ChartWords,
): Html {
  const most = Math.max(1, ...bars.map(({ count }) => count ?? 0));
  return html`<table class="bars"><caption>${caption}</caption>
<thead><tr><th scope="col">${heads[0]}</th><td></td><th scope="col" class="number">${heads[1]}</th></tr></thead>
<tbody>${bars.map(
    ({ label, count }) =>
      html`<tr><th scope="row">${label}</th><td class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="fill" width="${(100 * (count ?? 0)) / most}" height="10"/></svg></td><td class="number">${figureText(count, words)}</td></tr>`,
  )}</tbody></table>`;
}

export interface Series {
  readonly name: string;
  readonly counts: readonly Shown[];
}

const WIDTH = 720;
const HEIGHT = 220;
const LEFT = 48;
const BOTTOM = 24;
const TOP = 12;
/** Lines across the chart. */
const GRID = 4;
const STEPS = [1, 2, 2.5, 5, 10];
/** Labels under the axis stand so far apart, at least. */
const LABEL_WIDTH = 44;

/** A round number at or above: the top of the axis. */
export function axisTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, GRID)));
  const step = STEPS.find((one) => one * power >= most) ?? 10;
  return step * power;
}

/** Columns over time, one colour a series, with the same figures as a table that can be unfolded. */
export function columnChart(
  caption: string,
  head: string,
  labels: readonly string[],
  series: readonly Series[],
  words: ChartWords,
): Html {
  const top = axisTop(Math.max(0, ...series.flatMap(({ counts }) => counts.map((count) => count ?? 0))));
  const slot = (WIDTH - LEFT) / labels.length;
  const width = (slot * 0.8) / series.length;
  const y = (count: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - count / top);
  const every = Math.ceil(LABEL_WIDTH / slot);
  const grid = Array.from({ length: GRID + 1 }, (_, i) => (top * i) / GRID);
  return html`<figure class="chart"><figcaption>${caption}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
${grid.map(
  (count) =>
    html`<line class="grid-line" x1="${LEFT}" x2="${WIDTH}" y1="${y(count)}" y2="${y(count)}"/><text class="axis end" x="${LEFT - 6}" y="${y(count) + 4}">${words.format(count)}</text>`,
)}
${labels.map(
  (label, i) =>
    i % every === 0 &&
    html`<text class="axis middle" x="${LEFT + slot * (i + 0.5)}" y="${HEIGHT - 6}">${label}</text>`,
)}
${series.map(({ counts }, s) =>
  counts.map((count, i) => {
    const x = LEFT + slot * (i + 0.1) + width * s;
    return (
      count !== undefined &&
      html`<rect class="fill series-${s}" x="${x}" y="${y(count)}" width="${width}" height="${y(0) - y(count)}"/>`
    );
  }),
)}
</svg>
${
  series.length > 1 &&
  html`<ul class="legend">${series.map(({ name }, s) => html`<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="fill series-${s}" width="10" height="10"/></svg>${name}</li>`)}</ul>`
}
<details><summary>${words.asTable}</summary>
<table><caption>${caption}</caption><thead><tr><th scope="col">${head}</th>${series.map(({ name }) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
<tbody>${labels.map(
    (label, i) =>
      html`<tr><th scope="row">${label}</th>${series.map(({ counts }) => html`<td class="number">${figureText(counts[i], words)}</td>`)}</tr>`,
  )}</tbody></table></details></figure>`;
}
