import type { Chart } from '../client/protocol.ts';
import type { Texts } from './texts.ts';

const WIDTH = 320;
const ROW = 22;
const LABEL_WIDTH = 64;
const VALUE_WIDTH = 62;
const BAR_HEIGHT = 14;

/** A bar for each year or group, with the same numbers as a table for who cannot see the drawing. */
export function BarChart({ chart, texts }: { chart: Chart; texts: Texts }) {
  const most = Math.max(...chart.bars.map((bar) => bar.value), 1);
  const room = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
  return (
    <figure>
      <figcaption>
        {chart.title} ({chart.unit})
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${chart.bars.length * ROW}`} aria-hidden="true">
        {chart.bars.map((bar, i) => {
          const length = Math.max((bar.value / most) * room, 1);
          const middle = i * ROW + ROW / 2;
          return (
            <g>
              <text class="label" x="0" y={middle + 4}>
                {bar.label}
              </text>
              <rect
                class="bar"
                x={LABEL_WIDTH}
                y={middle - BAR_HEIGHT / 2}
                width={length}
                height={BAR_HEIGHT}
                rx="2"
              />
              <text class="label" x={LABEL_WIDTH + length + 4} y={middle + 4}>
                {bar.shown}
              </text>
            </g>
          );
        })}
      </svg>
      <details>
        <summary>{texts.asTable}</summary>
        <table>
          <tbody>
            {chart.bars.map((bar) => (
              <tr>
                <th scope="row">{bar.label}</th>
                <td>{bar.shown}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
