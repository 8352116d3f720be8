/**
 * `npm run doctor [-- --env FILE] [-- --json]` looks at the configuration and the machine, and says what is wrong and how to
 * mend it. It changes nothing. Ends with 0 where the bot can run (warnings are only told), 1 where it cannot, 2 for a wrong call.
 */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { diagnose, type Finding } from '../doctor/index.ts';
import { readCall, WRONG_CALL } from './call.ts';
import { ROOT } from './open.ts';

const SIGNS: Readonly<Record<Finding['state'], string>> = { ok: '✓', note: '·', warning: '!', error: '✗' };
const USE = `Use: npm run doctor [-- --env /etc/chatbot.env] [--json]
Looks at the configuration and the machine, says what is wrong and how to mend it, and changes nothing.`;

function show({ check, state, message, mend }: Finding): string {
  const line = `${SIGNS[state]} ${check.padEnd(14)} ${message}`;
  return mend === undefined ? line : `${line}\n${' '.repeat(17)}→ ${mend}`;
}

function readEnvironment(file: string | undefined): NodeJS.ProcessEnv {
  if (file === undefined) return process.env;
  try {
    return { ...process.env, ...parseEnv(readFileSync(file, 'utf8')) };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USE}`);
    process.exit(WRONG_CALL);
  }
}

const {
  values: { env, json },
} = readCall(USE, { env: { type: 'string' }, json: { type: 'boolean', default: false } });
const findings = await diagnose({ root: ROOT, environment: readEnvironment(env), now: Date.now });
const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
const [errors, warnings] = [count('error'), count('warning')];
if (json) console.log(JSON.stringify({ errors, warnings, findings }));
else console.log(`${findings.map(show).join('\n')}\n\n${errors} error(s), ${warnings} warning(s).`);
process.exitCode = errors > 0 ? 1 : 0;
