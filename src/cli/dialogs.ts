/** `npm run dialogs`: each dialog as a Mermaid drawing and as a table of its ways. See `USE`. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadKnowledge } from '../knowledge/index.ts';
import { createSay } from '../rendering/index.ts';
import { readCall, WRONG_CALL } from './call.ts';
import { draw, drawPage } from './dialogs/draw.ts';
import { describeProblem, ROOT } from './open.ts';

const USE = `Use:
  npm run dialogs                every dialog in every language
  npm run dialogs -- quiz nl     one dialog, one language
  npm run dialogs -- --write     renews docs/dialogs`;
const { values: flags, positionals: names } = readCall(
  USE,
  { write: { type: 'boolean', default: false } },
  2,
);

const loaded = await loadKnowledge(ROOT);
if (!loaded.ok) {
  for (const problem of loaded.problems) console.error(describeProblem(problem));
  process.exit(1);
}
const { knowledge, warnings } = loaded;
const say = createSay(knowledge);
for (const problem of warnings.filter(({ file }) => file.includes('dialogs/')))
  console.error(describeProblem(problem));

const wanted = Object.values(knowledge.dialogs).filter(
  ({ id }) => !names.some((name) => name in knowledge.dialogs) || names.includes(id),
);
const unknown = names.filter((name) => !(name in knowledge.dialogs) && !knowledge.locales.includes(name));
if (unknown.length > 0) {
  console.error(
    `There is no dialog or language called ${unknown.join(', ')}. Dialogs: ${Object.keys(knowledge.dialogs).join(', ')}.`,
  );
  process.exit(WRONG_CALL);
}

if (flags.write) {
  const folder = join(ROOT, 'docs', 'dialogs');
  await mkdir(folder, { recursive: true });
  const pages = Object.values(knowledge.dialogs).map((dialog) => ({
    name: `${dialog.id}.md`,
    text: drawPage(dialog, knowledge, say),
  }));
  const old = (await readdir(folder)).filter((name) => !pages.some((page) => page.name === name));
  for (const name of old) await rm(join(folder, name));
  for (const { name, text } of pages) await writeFile(join(folder, name), text);
  console.log(`docs/dialogs: ${pages.map(({ name }) => name).join(', ')}`);
} else {
  for (const dialog of wanted) {
    const locales = knowledge.locales.filter(
      (locale) => !names.some((name) => knowledge.locales.includes(name)) || names.includes(locale),
    );
    for (const locale of locales) {
      const { title, mermaid, table } = draw(dialog, locale, knowledge, say);
      console.log(`# ${dialog.id} (${locale}): ${title}\n\n${mermaid}\n\n${table}\n`);
    }
  }
}
