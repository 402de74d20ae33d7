import type { StateMachine } from '../../shared/compiler/index.ts';

const RESOURCES = ['arn:aws:states:::lambda:invoke', 'arn:aws:states:::lambda:invoke.waitForTaskToken'];
const KINDS = ['Task', 'Wait', 'Choice', 'Pass', 'Succeed', 'Fail'];

/**
 * Looks at a definition once more before AWS gets it: whoever can publish wields the execution role, so nothing but
 * calls of our own step handlers may be in it, whatever a compiler bug or a crafted document says.
 */
export function assertAllowed({ States }: StateMachine, functions: readonly string[]): void {
  for (const [name, state] of Object.entries(States)) {
    const { FunctionName } = (state['Arguments'] ?? {}) as { FunctionName?: unknown };
    const calls = state.Type === 'Task';
    const known = calls && RESOURCES.includes(String(state['Resource'])) && functions.includes(String(FunctionName));
    if (!KINDS.includes(state.Type) || (calls && !known)) throw new ForbiddenState(name);
  }
}

export class ForbiddenState extends Error {
  readonly code = 'forbidden-state';
  constructor(state: string) {
    super(`State “${state}” would do something that journeys may not do`);
    this.name = 'ForbiddenState';
  }
}
