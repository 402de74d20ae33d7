/**
 * A second pair of eyes on a definition, which knows nothing of how it was made: the compiler looks before it hands one
 * out, and the publisher again before it gives one to AWS. What is found here is our mistake, never the user's.
 */
import { INVOKE, INVOKE_AND_WAIT, STATE } from './machine-states.ts';
import { MAX_STATE_NAME } from './names.ts';
import type { AslState, StateMachine, StepFunctions } from './program.ts';

/** Thrown when a compiled definition breaks its own rules. */
class UnsoundDefinition extends Error {
  readonly code = 'unsound-definition';
  constructor(problems: readonly string[]) {
    super(`The compiled definition is not sound: ${problems.join('; ')}`);
  }
}

export function assertSound(asl: StateMachine, functions: StepFunctions): void {
  const problems = problemsOf(asl, functions);
  if (problems.length > 0) throw new UnsoundDefinition(problems);
}

/** A kind that can hold others (Map, Parallel) could hide a call in them. */
const KINDS: readonly string[] = ['Task', 'Wait', 'Choice', 'Pass', 'Succeed', 'Fail'];

/**
 * Only calls of our step handlers, each with a timeout; the token passed where one is waited for; every arrow leads to a
 * state, every state is reached; names fit; every variable is set on all ways to where it is read.
 */
export function problemsOf(asl: StateMachine, functions: StepFunctions): string[] {
  const states = Object.entries(asl.States);
  const problems = states.flatMap(([name, state]) => ofState(name, state, asl, functions));
  if (!(asl.StartAt in asl.States)) return [...problems, `StartAt ${asl.StartAt} is not a state`];
  const { before, reached } = definedBefore(asl);
  for (const [name, state] of states) {
    if (!reached.has(name)) problems.push(`${name} is never reached`);
    for (const variable of variablesRead(state)) {
      if (!before.get(name)?.has(variable)) problems.push(`${name} reads $${variable}, which may not be set`);
    }
  }
  return problems;
}

function ofState(name: string, state: AslState, asl: StateMachine, functions: StepFunctions): string[] {
  const problems: string[] = [];
  if (name.length > MAX_STATE_NAME) problems.push(`${name} is longer than ${MAX_STATE_NAME} characters`);
  for (const { to } of arrows(state))
    if (!(to in asl.States)) problems.push(`${name} leads to ${to}, which is not a state`);
  if (!KINDS.includes(state.Type)) return [...problems, `${name} is of the kind ${state.Type}`];
  if (state.Type !== 'Task') return problems;
  const call = (state['Arguments'] ?? {}) as { FunctionName?: string; Payload?: unknown };
  const waits = state['Resource'] === INVOKE_AND_WAIT;
  if (!waits && state['Resource'] !== INVOKE) problems.push(`${name} uses ${String(state['Resource'])}`);
  const allowed = waits ? [functions.await] : [functions.decide, functions.perform];
  if (!allowed.includes(call.FunctionName ?? '')) problems.push(`${name} calls ${String(call.FunctionName)}`);
  if (waits && !JSON.stringify(call.Payload ?? null).includes('$states.context.Task.Token'))
    problems.push(`${name} passes no token`);
  if (typeof state['TimeoutSeconds'] !== 'number') problems.push(`${name} has no timeout`);
  return problems;
}

interface Arrow {
  readonly to: string;
  readonly sets: readonly string[];
}

type Assigned = { readonly Assign?: Readonly<Record<string, unknown>>; readonly Next?: string };

/** Every way out of a state, with the variables set on it. A catch sets its own, not the state's. */
function arrows(state: AslState): Arrow[] {
  const it = state as AslState &
    Assigned & { Default?: string; Choices?: readonly Assigned[]; Catch?: readonly Assigned[] };
  const arrow = (to: string | undefined, by: Assigned): Arrow[] =>
    to === undefined ? [] : [{ to, sets: Object.keys(by.Assign ?? {}) }];
  return [
    ...arrow(it.Next, it),
    ...arrow(it.Default, it),
    ...(it.Choices ?? []).flatMap((c) => arrow(c.Next, c)),
    ...(it.Catch ?? []).flatMap((c) => arrow(c.Next, c)),
  ];
}

/** Which variables are set on every way to each state. */
function definedBefore(asl: StateMachine): { before: Map<string, ReadonlySet<string>>; reached: Set<string> } {
  const before = new Map<string, ReadonlySet<string>>([[asl.StartAt, new Set()]]);
  const open = [asl.StartAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = asl.States[name];
    /** Again leads back to a state that has run before, and a variable once set stays. */
    if (!state || name === STATE.again) continue;
    for (const { to, sets } of arrows(state)) {
      const coming = new Set([...before.get(name)!, ...sets]);
      const known = before.get(to);
      const next = known ? new Set([...known].filter((v) => coming.has(v))) : coming;
      if (known && next.size === known.size) continue;
      before.set(to, next);
      open.push(to);
    }
  }
  return { before, reached: new Set(before.keys()) };
}

/** The variables in a state's expressions: `$name` that is no function and not `$states`; texts do not count. */
function variablesRead(state: AslState): Set<string> {
  const names = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value === 'string' && value.startsWith('{%')) {
      const code = value.replace(/'(?:\\.|[^'\\])*'/g, "''");
      for (const [, name] of code.matchAll(/\$([A-Za-z_]\w*)(?!\w|\s*\()/g)) if (name !== 'states') names.add(name!);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look);
  };
  look(state);
  return names;
}
