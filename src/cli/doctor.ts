/**
 * `npm run doctor [-- --env FILE] [-- --json]` looks at the configuration and the machine, and says what is wrong and how to
 * mend it. It changes nothing. Ends with 0 where the bot can run (warnings are only told), 1 where it cannot, 2 for a wrong call.
 */
import { readFileSync } from 'node:fs';
import { parseArgs, parseEnv } from 'node:util';
import { diagnose, type Finding } from '../doctor/index.ts';
import { ROOT } from './open.ts';

const SIGNS: Readonly<Record<Finding['state'], string>> = { ok: '✓', note: '·', warning: '!', error: '✗' };
const WRONG_CALL = 2;

function show({ check, state, message, mend }: Finding): string {
  const line = `${SIGNS[state]} ${check.padEnd(14)} ${message}`;
  return mend === undefined ? line : `${line}\n${' '.repeat(17)}→ ${mend}`;
}

function readCall() {
  try {
    const { values } = parseArgs({
      options: { env: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const file = values.env === undefined ? {} : parseEnv(readFileSync(values.env, 'utf8'));
    return { json: values.json, environment: { ...process.env, ...file } };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}
Use: npm run doctor [-- --env /etc/chatbot.env] [-- --json]`);
    process.exit(WRONG_CALL);
  }
}

const { json, environment } = readCall();
const findings = await diagnose({ root: ROOT, environment, now: Date.now });
const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
const [errors, warnings] = [count('error'), count('warning')];
if (json) console.log(JSON.stringify({ errors, warnings, findings }));
else console.log(`${findings.map(show).join('\n')}\n\n${errors} error(s), ${warnings} warning(s).`);
process.exitCode = errors > 0 ? 1 : 0;
