/**
 * Input: the linked program. Output: the same program with nothing in it that is not needed, and with the answers that
 * emit needs: the states' names, and what the machine's own states must be.
 *
 * 1. A route all of whose outlets lead to the same place is taken out: the step before goes there by itself.
 * 2. Names: the card's title and id, safe for AWS, unique, at most 80 characters.
 * 3. Is the trail always set before it is read? It is empty when a journey starts and set by every step and wait after
 *    that. A state that can be reached both from outside and from another state (a loop back to the first card, an entry
 *    in the middle) would read a variable that may not be there: then the machine begins with a state that sets it.
 */

import { stateNames } from './names.ts';
import type { Program, ProgramState, Target } from './program.ts';

export interface Tidied {
  readonly program: Program;
  /** By state key. */
  readonly names: ReadonlyMap<string, string>;
  /** True when a first state has to set the variables. */
  readonly begins: boolean;
  /** True when visits are counted: there are loops. */
  readonly counts: boolean;
  /** Keys of the states that run with no trail yet: they send an empty one. */
  readonly fresh: ReadonlySet<string>;
  /** True when the end of the path is reached with no trail only: entries that lead nowhere. */
  readonly endFresh: boolean;
  /** True when some path ends at a free outlet. */
  readonly completes: boolean;
}

export function tidy(linked: Program): Tidied {
  const program = withoutIdleRoutes(linked);
  const { fresh, mixed, endBare, endSet } = trailStates(program);
  const counts = program.plan.nodes.some((n) => program.plan.graph.onLoop(n.node.id));
  const begins = counts || mixed;
  return {
    program,
    names: stateNames(program),
    begins,
    counts,
    fresh: begins ? new Set() : fresh,
    endFresh: endBare && !begins,
    completes: endBare || endSet,
  };
}

/** Every place where a state goes on to. */
export function leads(state: ProgramState): Target[] {
  const { it, outlets, next, later } = state;
  const to = (outlet: string): Target => outlets[outlet]!;
  switch (it.type) {
    case 'step':
    case 'pause':
      return [next!];
    case 'await':
      return [next!, to(it.timedOut)];
    case 'wait':
      return [to(it.outlet)];
    case 'route':
      return [...it.outlets.map(to), ...(later ? [later] : [])];
    case 'choose':
      return [...it.rules.map((r) => to(r.outlet)), to(it.otherwise)];
    case 'end':
      return [];
  }
}

const same = (a: Target, b: Target): boolean => ('end' in a ? 'end' in b : 'state' in b && a.state === b.state);

function withoutIdleRoutes(program: Program): Program {
  const idle = new Map<string, Target>();
  for (const state of program.states.values()) {
    const [first, ...rest] = leads(state);
    if (state.it.type === 'route' && first && rest.every((t) => same(first, t))) idle.set(state.key, first);
  }
  if (idle.size === 0) return program;
  const skip = (target: Target): Target => ('state' in target ? (idle.get(target.state) ?? target) : target);
  const states = [...program.states.values()]
    .filter((s) => !idle.has(s.key))
    .map((s) => [s.key, s.next ? { ...s, next: skip(s.next) } : s] as const);
  return { ...program, states: new Map(states) };
}

/** Which states (and is the end) reached only with no trail; `mixed` when one is reached both with and without one. */
function trailStates(program: Program): {
  fresh: ReadonlySet<string>;
  mixed: boolean;
  endBare: boolean;
  endSet: boolean;
} {
  const bare = new Set(program.starts.flatMap((s) => ('state' in s.target ? [s.target.state] : [])));
  const set = new Set(
    [...program.states.values()].flatMap((s) => leads(s).flatMap((t) => ('state' in t ? [t.state] : []))),
  );
  const endBare = program.starts.some((s) => 'end' in s.target);
  const endSet = [...program.states.values()].some((s) => leads(s).some((t) => 'end' in t));
  return {
    fresh: new Set([...bare].filter((k) => !set.has(k))),
    mixed: [...bare].some((k) => set.has(k)) || (endBare && endSet),
    endBare,
    endSet,
  };
}
