import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { hashToken, newToken, sameText } from './tokens.ts';

const memberSchema = z.object({
  name: z.string().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** `YYYY-MM-DD`; absent for members from the environment. */
  added: z.string().optional(),
});
const fileSchema = z.object({ version: z.literal(1), members: z.array(memberSchema) });

/** Somebody of staff: a name that the administrator chose, and the hash of a token. */
export type Member = z.output<typeof memberSchema>;

/** Who may see the staff pages. Read again at every request, so that a removal counts at once. */
export interface Roster {
  members(): Promise<readonly Member[]>;
}

/** Thrown when the list of staff can't be read or changed; the message says what to do. */
export class RosterError extends Error {
  override readonly name = 'RosterError';
}

const MAX_NAME = 60;
const PRIVATE = 0o600;

/** Members from `STAFF_TOKEN_HASHES` (checked by the configuration), where no file can be written: containers. */
export function membersFromEnvironment(list: string): Member[] {
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [name = '', hash = ''] = entry.split(':');
      return { name, hash: hash.toLowerCase() };
    });
}

/** The list kept in `staff.json` of the data folder, and members given by the environment. */
export class FileRoster implements Roster {
  readonly #file: string;
  readonly #fixed: readonly Member[];

  constructor(dataFolder: string, fixed: readonly Member[] = []) {
    this.#file = join(dataFolder, 'staff.json');
    this.#fixed = fixed;
  }

  async members(): Promise<readonly Member[]> {
    return [...this.#fixed, ...(await this.#read())];
  }

  /**
   * Adds somebody and returns the token, which is kept nowhere.
   *
   * @param today `YYYY-MM-DD`
   * @throws {RosterError} for a name that is there already, empty or too long
   */
  async add(name: string, today: string): Promise<string> {
    const wanted = name.trim();
    if (wanted === '' || wanted.length > MAX_NAME)
      throw new RosterError(`A name has 1 to ${MAX_NAME} characters, for example: npm run staff add "An"`);
    const members = await this.#read();
    if (members.some((member) => member.name === wanted))
      throw new RosterError(`${wanted} is there already. Remove first: npm run staff remove "${wanted}"`);
    const token = newToken();
    await this.#write([...members, { name: wanted, hash: hashToken(token), added: today }]);
    return token;
  }

  /** @throws {RosterError} where nobody has this name */
  async remove(name: string): Promise<void> {
    const members = await this.#read();
    const rest = members.filter((member) => member.name !== name.trim());
    if (rest.length === members.length)
      throw new RosterError(`Nobody is called ${name}. See: npm run staff list`);
    await this.#write(rest);
  }

  async #read(): Promise<readonly Member[]> {
    let text: string;
    try {
      text = await readFile(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    try {
      return fileSchema.parse(JSON.parse(text)).members;
    } catch {
      throw new RosterError(
        `${this.#file} is damaged. Move it away and add everyone again with: npm run staff add`,
      );
    }
  }

  async #write(members: readonly Member[]): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
    const draft = `${this.#file}.new`;
    await writeFile(draft, `${JSON.stringify({ version: 1, members }, null, 2)}\n`, { mode: PRIVATE });
    await rename(draft, this.#file);
  }
}

/** The member whose token this is. Every member is compared, so that the time taken names nobody. */
export function findByToken(members: readonly Member[], token: string): Member | undefined {
  const hash = hashToken(token);
  return members.filter((member) => sameText(member.hash, hash))[0];
}
