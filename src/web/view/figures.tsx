import type { Chart } from '../client/protocol.ts';
import type { Texts } from '../settings.ts';

interface Props {
  readonly chart: Chart;
  readonly texts: Texts;
  readonly language: string;
}

/** Heights in em, so that the drawing grows with the letters. */
const ROW = 1.75;
const BAR = 1.05;
const BASELINE = 1.2;
/** Parts of the width: where bars begin, and how long the longest is. */
const START = 15;
const LONGEST = 62;
const SHARE_HEIGHT = 1.6;
const WHOLE = 100;

/** A bar for each year. */
function Years({ bars }: Pick<Chart, 'bars'>) {
  const most = Math.max(...bars.map(({ value }) => value), 1);
  return bars.map(({ label, value, shown }, i) => {
    const length = Math.max((value / most) * LONGEST, 0.5);
    return (
      <g key={label}>
        <text x="0" y={`${i * ROW + BASELINE}em`}>
          {label}
        </text>
        <rect
          class="bar"
          x={`${START}%`}
          y={`${i * ROW + (ROW - BAR) / 2}em`}
          width={`${length}%`}
          height={`${BAR}em`}
          rx="3"
        />
        <text class="value" x={`${START + length}%`} dx="0.4em" y={`${i * ROW + BASELINE}em`}>
          {shown}
        </text>
      </g>
    );
  });
}

/** One bar cut into shares, and beneath it what each is. */
function Shares({ bars }: Pick<Chart, 'bars'>) {
  const whole = bars.reduce((sum, { value }) => sum + value, 0) || WHOLE;
  let start = 0;
  return bars.map(({ label, value, shown }, i) => {
    const from = start;
    const length = (value / whole) * WHOLE;
    start += length;
    return (
      <g key={label} class={`share share-${i % 2}`}>
        <rect x={`${from}%`} y="0" width={`${length}%`} height={`${SHARE_HEIGHT}em`} />
        <rect x="0" y={`${SHARE_HEIGHT + 0.75 + i * ROW}em`} width="0.8em" height="0.8em" rx="2" />
        <text x="1.4em" y={`${SHARE_HEIGHT + 0.25 + i * ROW + BASELINE}em`}>
          {`${label} ${shown}`}
        </text>
      </g>
    );
  });
}

/** A drawing of figures, the same as a text for who does not see it, and as a table for who wants it. */
export function Figure({ chart, texts, language }: Props) {
  const { kind, title, unit, bars } = chart;
  const height = kind === 'years' ? bars.length * ROW : SHARE_HEIGHT + 0.4 + bars.length * ROW;
  const alternative = `${title} (${unit}): ${bars.map(({ label, shown }) => `${label}: ${shown}`).join('; ')}`;
  return (
    <figure>
      <figcaption lang={language}>
        {title} {kind === 'years' && <span class="unit">({unit})</span>}
      </figcaption>
      <svg role="img" aria-label={alternative} lang={language} width="100%" height={`${height}em`}>
        {kind === 'years' ? <Years bars={bars} /> : <Shares bars={bars} />}
      </svg>
      <details>
        <summary>{texts.asTable}</summary>
        <table lang={language}>
          <caption class="hidden">{`${title} (${unit})`}</caption>
          <tbody>
            {bars.map(({ label, shown }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{shown}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
