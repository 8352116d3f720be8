import { ConfigError, readConfig } from '../config.ts';
import { checkKnowledge, checkPage } from './content.ts';
import { checkClock, checkDataFolder, checkNode, checkOpenFiles, checkPort } from './machine.ts';
import { checkNames, checkOrigins, checkProxy, checkSecrets } from './settings.ts';
import { checkStore } from './store.ts';
import { type Check, type Finding, type Patient, reporter } from './types.ts';

export type { Finding } from './types.ts';

const CHECKS: readonly Check[] = [
  checkNode,
  checkNames,
  checkSecrets,
  checkOrigins,
  checkProxy,
  checkDataFolder,
  checkStore,
  checkPort,
  checkOpenFiles,
  checkPage,
  checkKnowledge,
  checkClock,
];

/**
 * Looks at a configuration and the machine it is for, and changes nothing. A configuration with wrong values is told
 * as such: what depends on it cannot be looked at before it is right.
 */
export async function diagnose(patient: Omit<Patient, 'config'>): Promise<readonly Finding[]> {
  const { ok, error } = reporter('configuration');
  try {
    const config = readConfig(patient.environment);
    const found = await Promise.all(CHECKS.map((check) => check({ ...patient, config })));
    return [ok('Every value is valid.'), ...found.flat()];
  } catch (caught) {
    if (!(caught instanceof ConfigError)) throw caught;
    return caught.problems.map((problem) => {
      const [message = '', example] = problem.split(' For example: ');
      return error(message, example);
    });
  }
}
