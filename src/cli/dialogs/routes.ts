import { asks, type Dialog, type Step, type StepId } from '../../knowledge/index.ts';

/** One way through a dialog, from its start to an end. */
export interface Route {
  /** The choices made, in order; several where they lead the same way. */
  readonly picks: readonly { readonly step: StepId; readonly choices: readonly string[] }[];
  /** Answers and figures shown on the way. */
  readonly shows: readonly string[];
  /** The step at which it ends, or to which it comes back. */
  readonly end: StepId;
  readonly contacts: readonly string[];
}

interface Branch {
  readonly to: StepId;
  readonly choices: readonly string[];
  readonly remembers?: { readonly slot: string; readonly value: string };
}

/** Choices that lead the same way and leave the same memory are one branch: right or wrong, the quiz goes on. */
function branchesOf(step: Step): readonly Branch[] {
  if (step.kind === 'guess') {
    const { right, wrong } = step;
    return right.go === wrong.go
      ? [{ to: right.go, choices: ['right', 'wrong'] }]
      : [
          { to: right.go, choices: ['right'] },
          { to: wrong.go, choices: ['wrong'] },
        ];
  }
  if (step.kind !== 'ask') return [];
  const slot = step.remember;
  if (slot !== undefined) {
    return step.choices.map(({ id, go }) => ({ to: go, choices: [id], remembers: { slot, value: id } }));
  }
  const targets = [...new Set(step.choices.map(({ go }) => go))];
  return targets.map((to) => ({
    to,
    choices: step.choices.filter(({ go }) => go === to).map(({ id }) => id),
  }));
}

/** Where a branch can lead: one way where the word is known, every way for a count. */
function exits(
  step: Extract<Step, { kind: 'branch' }>,
  memory: ReadonlyMap<string, string>,
): readonly StepId[] {
  const value = memory.get(step.slot);
  if (value !== undefined) return [step.cases.find(({ when }) => when === value)?.go ?? step.otherwise];
  return [...step.cases.map(({ go }) => go), step.otherwise];
}

/** Every way through the dialog. A way that comes back to a question it has passed ends there. */
export function routesOf(dialog: Dialog): readonly Route[] {
  const routes: Route[] = [];
  const follow = (
    name: StepId,
    so: Omit<Route, 'end' | 'contacts'>,
    memory: ReadonlyMap<string, string>,
  ): void => {
    const step = dialog.steps[name];
    if (!step) return;
    if (asks(step) && so.picks.some((pick) => pick.step === name)) {
      routes.push({ ...so, end: name, contacts: [] });
      return;
    }
    switch (step.kind) {
      case 'end':
        routes.push({ ...so, end: name, contacts: step.contacts });
        return;
      case 'ask':
      case 'guess':
        for (const { to, choices, remembers } of branchesOf(step)) {
          const after = remembers ? new Map(memory).set(remembers.slot, remembers.value) : memory;
          follow(to, { ...so, picks: [...so.picks, { step: name, choices }] }, after);
        }
        return;
      case 'branch':
        for (const to of exits(step, memory)) follow(to, so, memory);
        return;
      case 'answer':
        follow(step.next, { ...so, shows: [...so.shows, step.answer] }, memory);
        return;
      case 'figure':
        follow(step.next, { ...so, shows: [...so.shows, step.series] }, memory);
        return;
      case 'remember':
        follow(step.next, so, new Map(memory).set(step.slot, step.value));
        return;
      default:
        follow(step.next, so, memory);
    }
  };
  follow(dialog.start, { picks: [], shows: [] }, new Map());
  return routes;
}
