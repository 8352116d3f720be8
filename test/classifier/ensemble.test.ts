import { expect, test } from 'vitest';
import { addRows, excited } from '../../src/classifier/classifier.ts';
import { average, type Learnt } from '../../src/classifier/ensemble.ts';

const LABELS = 2;

/** What a learner gives for each label when it sees the sign of one row. */
function scores({ signs, bias, output }: Learnt, row: number): number[] {
  const sums = Float64Array.from(bias);
  addRows(signs, { indices: Uint32Array.of(row), values: Float32Array.of(1) }, sums);
  const labels = sums.subarray(0, LABELS);
  addRows(output, excited(sums.subarray(LABELS)), labels);
  return [...labels];
}

const first: Learnt = {
  signs: Float32Array.of(1, 0, 2, -1, 0, 1, -3, 4),
  bias: Float32Array.of(0.5, 0, 0, 1),
  output: Float32Array.of(1, -1, 0, 2),
};
const second: Learnt = {
  signs: Float32Array.of(0, 3, -1, 1, 2, 2, 5, 0),
  bias: Float32Array.of(0, 0.25, 1, 0),
  output: Float32Array.of(0.5, 0, 4, 1),
};

test.each([0, 1])(
  'what several learners give for the sign of row %i is the mean of what each gives',
  (row) => {
    const [a, b] = [scores(first, row), scores(second, row)];
    const mean = a.map((score, label) => (score + (b[label] as number)) / 2);
    expect(scores(average([first, second], LABELS), row)).toEqual(mean);
  },
);

test('the mean of a single learner is the learner', () => {
  expect(average([first], LABELS)).toEqual(first);
});
