/**
 * `npm run dependencies [-- --strict]` lists what runs in production by licence, and its known advisories. Ends with 1 for a
 * licence that nobody allowed or a known advisory; with `--strict` also where the registry could not be asked.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askForAdvisories, type Lock, licencesOf, unknownLicences } from '../dependencies/index.ts';
import { readCall } from './call.ts';
import { ROOT } from './open.ts';

const { values } = readCall(
  `Use: npm run dependencies [-- --strict]
Lists what runs in production by licence, and its known advisories. With --strict it fails where the registry could not be asked.`,
  { strict: { type: 'boolean', default: false } },
);
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
const packages = licencesOf(lock);
const unknown = unknownLicences(packages);

for (const [licence, group] of Object.entries(Object.groupBy(packages, ({ licence = 'none' }) => licence)))
  console.log(`${licence.padEnd(14)} ${String(group?.length ?? 0).padStart(4)}`);
console.log(`\n${packages.length} packages run in production.`);
for (const { name, version, licence } of unknown)
  console.log(
    `✗ ${name} ${version}: ${licence ?? 'no licence'} is not on the list in src/dependencies/licences.ts.`,
  );

const advisories = await askForAdvisories(ROOT);
switch (advisories.kind) {
  case 'none':
    console.log('✓ No known advisories.');
    break;
  case 'found':
    console.log(`✗ Known advisories:\n${advisories.lines.join('\n')}`);
    break;
  case 'unknown':
    console.log(`! Advisories were NOT checked: ${advisories.reason}. Run this where the registry answers.`);
}
const isBad = advisories.kind === 'found' || (values.strict && advisories.kind === 'unknown');
process.exitCode = unknown.length > 0 || isBad ? 1 : 0;
