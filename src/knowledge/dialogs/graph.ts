import type { Dialog, Step, StepId } from './types.ts';

/** A way from one step to another. `path` leads to the field in the file. */
export interface Way {
  readonly to: StepId;
  readonly path: readonly string[];
}

/** Where a step can lead, in the order of the file. */
export function waysFrom(name: StepId, step: Step): readonly Way[] {
  const at = ['steps', name];
  switch (step.kind) {
    case 'ask':
      return step.choices.map(({ id, go }) => ({ to: go, path: [...at, 'choices', id] }));
    case 'guess':
      return [
        { to: step.right.go, path: [...at, 'right'] },
        { to: step.wrong.go, path: [...at, 'wrong'] },
      ];
    case 'branch':
      return [
        ...step.cases.map(({ when, go }) => ({ to: go, path: [...at, 'cases', when] })),
        { to: step.otherwise, path: [...at, 'else'] },
      ];
    case 'end':
      return [];
    case 'go':
      return [{ to: step.next, path: [...at, 'go'] }];
    default:
      return [{ to: step.next, path: [...at, 'next'] }];
  }
}

/** True where the dialog waits for the person. */
export function asks(step: Step | undefined): boolean {
  return step?.kind === 'ask' || step?.kind === 'guess';
}

/** Every step that can be come by from `from`, itself included. */
export function reachable({ steps }: Dialog, from: StepId): ReadonlySet<StepId> {
  const seen = new Set<StepId>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const step = steps[name];
    if (!step || seen.has(name)) continue;
    seen.add(name);
    open.push(...waysFrom(name, step).map(({ to }) => to));
  }
  return seen;
}

/** Steps that come back to themselves without a question in between. */
export function loopsWithoutQuestion({ steps }: Dialog): readonly StepId[] {
  const comesBack = (start: StepId): boolean => {
    const seen = new Set<StepId>();
    const open = [start];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const step = steps[name];
      if (!step || asks(step)) continue;
      for (const { to } of waysFrom(name, step)) {
        if (to === start) return true;
        if (!seen.has(to)) open.push(to);
        seen.add(to);
      }
    }
    return false;
  };
  return Object.keys(steps).filter(comesBack);
}
