import { join } from 'node:path';
import { type Brain, createBrain } from '../brain.ts';
import { loadKnowledge, type Problem } from '../knowledge/index.ts';
import { LEARNING, loadModel } from '../learning/index.ts';

/** The project's root: knowledge, dialogs and locales are read from here, whatever the working directory. */
export const ROOT = join(import.meta.dirname, '..', '..');
const SESSION_MINUTES = 30;

export function describeProblem({ severity, file, line, column, field, message, mend }: Problem): string {
  return `${severity} ${file}:${line}:${column}${field ? ` ${field}` : ''}\n  ${message}\n  → ${mend}`;
}

/** Loads the knowledge for a command line tool; on errors prints them all and ends the process with code 1. */
export async function openBrain(now: () => Date = () => new Date()): Promise<Brain> {
  const loaded = await loadKnowledge(ROOT);
  if (!loaded.ok) {
    for (const problem of loaded.problems) console.error(describeProblem(problem));
    process.exit(1);
  }
  const model = await loadModel(loaded.knowledge, join(ROOT, '.cache'), () => console.error(LEARNING));
  return createBrain(loaded.knowledge, model, { sessionMinutes: SESSION_MINUTES, now });
}
