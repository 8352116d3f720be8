/** `npm run staff add "An"`, `list`, `remove "An"`, `hash`: who may see the staff pages. */
import { resolve } from 'node:path';
import { ConfigError, readConfig } from '../config.ts';
import { FileRoster, hashToken, membersFromEnvironment, newToken, RosterError } from '../staff/index.ts';
import { readCall, WRONG_CALL } from './call.ts';
import { ROOT } from './open.ts';

const USE = `Use:
  npm run staff add "An"      makes an access code, shown once
  npm run staff list          who may sign in
  npm run staff remove "An"   ends the access at once
  npm run staff hash          makes a code and its hash, for STAFF_TOKEN_HASHES (containers)`;

const {
  positionals: [command, name = ''],
} = readCall(USE, {}, 2);

async function run(): Promise<void> {
  const config = readConfig(process.env);
  const roster = new FileRoster(
    resolve(ROOT, config.DATA_DIR),
    membersFromEnvironment(config.STAFF_TOKEN_HASHES),
  );
  switch (command) {
    case 'add': {
      const token = await roster.add(name, new Date().toISOString().slice(0, 10));
      console.log(`Access code of ${name.trim()}, shown this once only. Hand it over in person or by a safe way.

  ${token}

Sign in at /staff of the chatbot's address.`);
      return;
    }
    case 'list': {
      const members = await roster.members();
      for (const member of members) console.log(`${member.name}  (${member.added ?? 'STAFF_TOKEN_HASHES'})`);
      if (members.length === 0) console.log('Nobody yet. Add somebody: npm run staff add "An"');
      return;
    }
    case 'remove':
      await roster.remove(name);
      console.log(`${name} can no longer sign in; open sessions have ended.`);
      return;
    case 'hash': {
      const token = newToken();
      console.log(
        `Access code, shown this once only:\n  ${token}\nFor the environment:\n  STAFF_TOKEN_HASHES=${name || 'An'}:${hashToken(token)}`,
      );
      return;
    }
    default:
      console.error(USE);
      process.exitCode = WRONG_CALL;
  }
}

try {
  await run();
} catch (error) {
  if (!(error instanceof RosterError || error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
