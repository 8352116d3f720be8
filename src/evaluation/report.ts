import { type Measured, type Summary, summariesBy } from './measure.ts';
import { confusions, type ReliabilityStep, reliability } from './reliability.ts';

/** What a figure is called, and the bar it should reach; where less is better the bar is the most allowed. */
interface Column {
  readonly name: string;
  readonly of: (summary: Summary) => number;
  readonly bar: number;
  readonly lessIsBetter?: true;
}

/** The bars of the project, as shares. */
const COLUMNS: readonly Column[] = [
  { name: 'right', of: ({ right }) => right, bar: 0.95 },
  { name: 'asked back', of: ({ asked }) => asked, bar: 0.1, lessIsBetter: true },
  { name: 'out of scope found', of: ({ outOfScope }) => outOfScope, bar: 0.9 },
  { name: 'false refusals', of: ({ falseRefusals }) => falseRefusals, bar: 0.03, lessIsBetter: true },
  { name: 'safety found', of: ({ safety }) => safety, bar: 1 },
  { name: 'false alarms', of: ({ falseAlarms }) => falseAlarms, bar: 0.02, lessIsBetter: true },
  { name: 'language', of: ({ locale }) => locale, bar: 0.99 },
  { name: 'figures', of: ({ figures }) => figures, bar: 1 },
];

/** Fewer questions than this say little: their bars are drawn pale. */
const FEW = 20;
const MOST_PAIRS = 15;

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function cell(summary: Summary, { name, of, bar, lessIsBetter }: Column): string {
  const share = of(summary);
  const reached = lessIsBetter ? share <= bar : share >= bar;
  const mark = reached ? '' : ` <b title="the bar is ${percent(bar)}">▼</b>`;
  return `<td class="${reached ? 'good' : 'short'}"><span class="track" role="img" aria-label="${name} ${percent(share)}"><i style="width:${(share * 100).toFixed(1)}%"></i></span>${percent(share)}${mark}</td>`;
}

function table(title: string, summaries: ReadonlyMap<string, Summary>): string {
  const head = COLUMNS.map(
    ({ name, bar, lessIsBetter }) =>
      `<th>${name}<small>${lessIsBetter ? '≤' : '≥'} ${bar * 100} %</small></th>`,
  );
  const rows = [...summaries].map(
    ([name, summary]) =>
      `<tr${summary.count < FEW ? ' class="few"' : ''}><th>${escapeHtml(name)}<small>${summary.count} questions</small></th>${COLUMNS.map((column) => cell(summary, column)).join('')}</tr>`,
  );
  return `<h2>${title}</h2><table class="bars"><thead><tr><td></td>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const SIDE = 320;
const MARGIN = 46;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** Score against share right: on the diagonal, the score says the truth. */
function reliabilityPlot(steps: readonly ReliabilityStep[]): string {
  const most = Math.max(...steps.map(({ count }) => count), 1);
  const x = (share: number) => (share * SIDE).toFixed(1);
  const y = (share: number) => ((1 - share) * SIDE).toFixed(1);
  const grid = TICKS.map(
    (tick) =>
      `<path class="grid" d="M${x(tick)} 0V${SIDE}M0 ${y(tick)}H${SIDE}"/><text x="${x(tick)}" y="${SIDE + 18}" text-anchor="middle">${tick * 100} %</text><text x="-8" y="${y(tick)}" dy=".35em" text-anchor="end">${tick * 100} %</text>`,
  );
  const line = steps.map(({ meanScore, right }) => `${x(meanScore)} ${y(right)}`).join('L');
  const dots = steps.map(({ meanScore, right, count }) => {
    const radius = 4 + 10 * Math.sqrt(count / most);
    return `<circle cx="${x(meanScore)}" cy="${y(right)}" r="${radius.toFixed(1)}"><title>score ${meanScore.toFixed(2)}, right ${right.toFixed(2)}, ${count} answers</title></circle>`;
  });
  return `<figure><svg viewBox="${-MARGIN} -16 ${SIDE + MARGIN + 20} ${SIDE + 64}" role="img" aria-label="How sure the bot was against how often it was right">${grid.join('')}<path class="ideal" d="M0 ${SIDE}L${SIDE} 0"/>${steps.length > 0 ? `<path class="line" d="M${line}"/>` : ''}${dots.join('')}<text x="${SIDE / 2}" y="${SIDE + 40}" text-anchor="middle">how sure the bot was</text><text transform="translate(${-MARGIN + 8} ${SIDE / 2}) rotate(-90)" text-anchor="middle">how often it was right</text></svg><figcaption>On the dashed line a score says the truth; above it the bot is too shy, below it too sure. A larger dot stands for more answers.</figcaption></figure>`;
}

function confusionBars(measured: readonly Measured[]): string {
  const pairs = confusions(measured).slice(0, MOST_PAIRS);
  const most = pairs[0]?.count ?? 1;
  const rows = pairs.map(
    ({ pair, count }) =>
      `<tr><th>${escapeHtml(pair)}</th><td><span class="track wide"><i style="width:${(100 * count) / most}%"></i></span>${count}</td></tr>`,
  );
  return `<table class="pairs">${rows.join('')}</table>`;
}

function wrongRows(measured: readonly Measured[]): string {
  const wrong = measured.filter(
    ({ right, localeRight, figuresRight }) => !right || !localeRight || !figuresRight,
  );
  const rows = wrong.map(({ question, answer, choices, score, right, localeRight }) => {
    const got = answer ?? `asked: ${choices.join(', ')}`;
    const what = !right ? got : !localeRight ? 'another language' : 'without the figure';
    return `<tr><td>${question.locale}</td><td>${escapeHtml(question.text)}</td><td>${question.expect}</td><td>${escapeHtml(what)}</td><td>${score.toFixed(2)}</td></tr>`;
  });
  return `<table class="wrong"><thead><tr><th></th><th>question</th><th>expected</th><th>got</th><th>score</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const STYLE = `:root{--ink:#16282c;--pale:#e6ecec;--good:#1d7a62;--short:#b4541a}
body{font:1rem/1.45 system-ui,sans-serif;color:var(--ink);max-width:76rem;margin:2rem auto;padding:0 1rem}
h2{margin:2.5rem 0 .5rem}small{display:block;font-weight:400;color:#54676b}
table{border-collapse:collapse;width:100%}td,th{padding:.35rem .6rem;text-align:left;border-bottom:1px solid var(--pale);vertical-align:top;font-variant-numeric:tabular-nums}
thead th{vertical-align:bottom;font-size:.85rem}tbody th{font-weight:600;white-space:nowrap}.few{opacity:.6}
.track{display:block;height:.5rem;width:100%;min-width:4rem;background:var(--pale);border-radius:.25rem;margin:.25rem 0}.track i{display:block;height:100%;border-radius:.25rem;background:var(--good)}
.short .track i,.pairs .track i{background:var(--short)}.short b{color:var(--short)}.wide{display:inline-block;width:14rem;margin-right:.6rem}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(22rem,1fr));gap:2rem}figure{margin:0}svg{max-width:26rem;width:100%}
svg text{font-size:12px;fill:var(--ink)}.grid{stroke:var(--pale)}.ideal{stroke:#8a9a9d;stroke-dasharray:5 4}.line{fill:none;stroke:var(--good);stroke-width:2}circle{fill:var(--good);fill-opacity:.75}
figcaption{color:#54676b;font-size:.9rem}.pairs th{font-weight:400}.pairs{width:auto}`;

/** One page: bars per language, style and persona, reliability, confusion pairs and everything that went wrong. */
export function htmlReport(
  measured: readonly Measured[],
  followUps: { readonly right: number; readonly count: number },
): string {
  const by = (key: (one: Measured) => string) => summariesBy(measured, key);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>How well questions are understood</title><style>${STYLE}</style>
<h1>How well questions are understood</h1>
<p>${measured.length} questions held apart from the phrasings; ${followUps.right} of ${followUps.count} follow-ups right. ▼ marks what falls short of its bar.</p>
${table(
  'By language',
  by(({ question }) => question.locale),
)}${table(
  'By style',
  by(({ question }) => question.style),
)}${table(
  'By persona',
  by(({ question }) => question.persona),
)}
<div class="two"><section><h2>Is the score reliable?</h2>${reliabilityPlot(reliability(measured))}</section><section><h2>Taken for one another</h2>${confusionBars(measured)}</section></div>
<h2>What went wrong</h2>${wrongRows(measured)}</html>
`;
}
