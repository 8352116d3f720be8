import type { Measured, Summary } from './measure.ts';
import { confusions, type ReliabilityStep, reliability } from './reliability.ts';

const SIZE = 240;

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Score against share right: on the line, the score says the truth. */
function reliabilityPlot(steps: readonly ReliabilityStep[]): string {
  const most = Math.max(...steps.map(({ count }) => count), 1);
  const dots = steps.map(({ meanScore, right, count }) => {
    const radius = 3 + 9 * Math.sqrt(count / most);
    return `<circle cx="${meanScore * SIZE}" cy="${(1 - right) * SIZE}" r="${radius.toFixed(1)}"><title>${count} answers</title></circle>`;
  });
  return `<svg viewBox="-14 -14 ${SIZE + 28} ${SIZE + 28}" width="320"><path d="M0 ${SIZE}L${SIZE} 0"/><rect width="${SIZE}" height="${SIZE}"/>${dots.join('')}</svg>`;
}

/** One page with tables, the reliability plot, confusion pairs and everything that went wrong. */
export function htmlReport(summaries: ReadonlyMap<string, Summary>, measured: readonly Measured[]): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const rows = [...summaries].map(
    ([name, s]) =>
      `<tr><th>${name}</th><td>${s.count}</td>${[s.right, s.halfRight, s.outOfScope, s.falseRefusals, s.safety, s.falseAlarms, s.locale, s.figures].map((share) => `<td><meter value="${share}"></meter> ${percent(share)}</td>`).join('')}</tr>`,
  );
  const wrong = measured
    .filter(({ right }) => !right)
    .map(
      ({ question, answer, choices }) =>
        `<tr><td>${question.locale}</td><td>${escapeHtml(question.text)}</td><td>${question.expect}</td><td>${answer ?? choices.join(' / ')}</td></tr>`,
    );
  const pairs = confusions(measured).map(({ pair, count }) => `<tr><td>${pair}</td><td>${count}</td></tr>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Evaluation</title>
<style>body{font:1rem system-ui;margin:2rem}table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .6rem;border-bottom:1px solid #ccc;text-align:left}
svg path,svg rect{fill:none;stroke:#999}svg circle{fill:#0b5563;opacity:.7}</style>
<h1>Evaluation</h1><table><tr><th></th><th>questions</th><th>right</th><th>half right</th><th>out of scope</th><th>false refusals</th><th>safety</th><th>false alarms</th><th>language</th><th>figures</th></tr>${rows.join('')}</table>
<h2>Reliability of the score</h2>${reliabilityPlot(reliability(measured))}
<h2>Taken for one another</h2><table>${pairs.join('')}</table>
<h2>What went wrong</h2><table>${wrong.join('')}</table></html>
`;
}
