/** The weights that one learner found. */
export interface Learnt {
  /** What each sign says for each label, then for each unit: a row for each sign. */
  readonly signs: Float32Array;
  /** What each label and each unit begin with: as many as a row is long. */
  readonly bias: Float32Array;
  /** What each unit says for each label. */
  readonly output: Float32Array;
}

/**
 * One set of weights that gives the mean score of several: what they say for the labels is averaged, and their units stand
 * beside each other, each with its share of the say. Learners that began by chance in different places err in different
 * places too, so their mean errs less, and changes less from one lesson to the next.
 *
 * @param labels how many labels a row begins with
 */
export function average(learnt: readonly Learnt[], labels: number): Learnt {
  const [first] = learnt;
  if (!first) throw new Error('Nobody learnt anything.');
  const share = 1 / learnt.length;
  const units = first.bias.length - labels;
  const columns = labels + units * learnt.length;
  const joinRows = (parts: readonly Float32Array[], rows: number) => {
    const joined = new Float32Array(rows * columns);
    parts.forEach((part, p) => {
      for (let row = 0; row < rows; row++) {
        const from = row * (labels + units);
        const to = row * columns;
        for (let label = 0; label < labels; label++)
          joined[to + label] = (joined[to + label] as number) + (part[from + label] as number) * share;
        joined.set(part.subarray(from + labels, from + labels + units), to + labels + p * units);
      }
    });
    return joined;
  };
  const output = new Float32Array(units * learnt.length * labels);
  learnt.forEach((one, p) => {
    output.set(
      one.output.map((weight) => weight * share),
      p * units * labels,
    );
  });
  return {
    signs: joinRows(
      learnt.map(({ signs }) => signs),
      first.signs.length / first.bias.length,
    ),
    bias: joinRows(
      learnt.map(({ bias }) => bias),
      1,
    ),
    output,
  };
}
