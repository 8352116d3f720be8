import fc from 'fast-check';
import { buildKnowledge, type Memo, type TextFile } from '../knowledge/index.ts';
import { seededRandom } from '../random.ts';
import { mutate } from './bytes.ts';
import { Broken, type Prey, type Target } from './types.ts';

/** Of each folder, so many of the smallest files: enough to refer to each other, little enough to be read thousands of times. */
const FILES_OF_A_FOLDER = 2;

function fewOf(files: readonly TextFile[]): TextFile[] {
  const folders = Map.groupBy(files, ({ path }) => path.slice(0, path.lastIndexOf('/')));
  return [...folders.values()].flatMap((members) =>
    members.toSorted((a, b) => a.text.length - b.text.length).slice(0, FILES_OF_A_FOLDER),
  );
}

/** Knowledge, dialogs and locales with a few bytes changed: wrong files are told of, never thrown for. */
export function filesTarget(prey: Prey): Target {
  const files = fewOf(prey.files);
  const memo: Memo = new Map();
  buildKnowledge({ files, problems: [] }, memo);
  const change = fc.tuple(fc.nat(files.length - 1), fc.integer());
  return {
    name: 'knowledge and dialog files',
    weight: 1,
    share: 0.1,
    property: fc.asyncProperty(change as fc.Arbitrary<unknown>, async (given) => {
      const [index, seed] = given as [number, number];
      const file = files[index];
      if (!file) return;
      const text = mutate(Buffer.from(file.text), seededRandom(seed)).toString('utf8');
      const changed = files.with(index, { ...file, text });
      const result = buildKnowledge({ files: changed, problems: [] }, new Map(memo));
      if (!result.ok && result.problems.length === 0)
        throw new Broken(`${file.path} is refused without a word`);
    }) as Target['property'],
  };
}
