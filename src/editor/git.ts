import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Puts saved files under version control. Gives the reason where that did not work; the files are saved all the same. */
export type Publish = (files: readonly string[], name: string) => Promise<string | undefined>;

export type GitMode = 'off' | 'commit' | 'push';

const run = promisify(execFile);
/** Longest wait for the Git service, in milliseconds. */
const PATIENCE = 60_000;
/** A commit names who saved; staff have no addresses here. */
const ADDRESS = 'staff@chatbot.invalid';

/**
 * Commits what the editor saved, in the name of who saved it, and sends it to the Git service that the clone came from.
 *
 * What colleagues sent meanwhile is taken over first. Where both changed the same lines nothing is sent, and nothing is
 * lost: the commit waits in this clone.
 *
 * @param root a clone of the repository
 */
export function createPublish(root: string, mode: GitMode): Publish {
  const git = async (...args: readonly string[]) => {
    const { stdout } = await run('git', ['-C', root, ...args], {
      timeout: PATIENCE,
      // Nobody is there to type a password.
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
    });
    return stdout;
  };
  let last: Promise<unknown> = Promise.resolve();

  async function publish(files: readonly string[], name: string): Promise<string | undefined> {
    try {
      await git('add', '--all', '--', ...files);
      const identity = ['-c', `user.name=${name}`, '-c', `user.email=${ADDRESS}`];
      if ((await git('status', '--porcelain', '--', ...files)) !== '')
        await git(
          ...identity,
          'commit',
          '--quiet',
          '-m',
          `Change ${files.join(', ')} in the editor`,
          '--',
          ...files,
        );
      if (mode === 'commit') return undefined;
      await git(...identity, 'pull', '--quiet', '--rebase', '--autostash');
      await git('push', '--quiet');
      return undefined;
    } catch (error) {
      await git('rebase', '--abort').catch(() => undefined);
      const { stderr } = error as { readonly stderr?: string };
      return (stderr || String(error)).trim().split('\n')[0];
    }
  }

  if (mode === 'off') return async () => undefined;
  return (files, name) => {
    const turn = last.then(() => publish(files, name));
    last = turn;
    return turn;
  };
}
