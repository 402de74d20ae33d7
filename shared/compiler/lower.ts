/**
 * Input: the plan. Output: a fragment per node, with open ends. The kinds do the work; this pass only asks them, and
 * holds them to what they promise: each of a fragment's arrows leads to a state of its own or to an outlet of the node.
 */
import type { Fragment, FragmentState, Next } from './build.ts';
import { builderFor } from './builder.ts';
import type { Plan } from './program.ts';

export function lower(plan: Plan): ReadonlyMap<string, Fragment> {
  return new Map(
    plan.nodes.map(({ node, kind, config, outlets }) => {
      if (!kind.lower) throw new LoweringError(node.kind, 'it has no lower()');
      const ids = outlets.map((o) => o.id);
      const fragment = kind.lower(config, builderFor(plan.graph.journey.id, node.id, ids));
      for (const arrow of arrowsOf(fragment)) {
        if ('outlet' in arrow && !ids.includes(arrow.outlet))
          throw new LoweringError(node.kind, `no outlet ${arrow.outlet}`);
        if ('state' in arrow && !fragment.states.some((s) => s.role === arrow.state)) {
          throw new LoweringError(node.kind, `no state ${arrow.state}`);
        }
      }
      return [node.id, fragment] as const;
    }),
  );
}

const arrowsOf = (fragment: Fragment): Next[] => [{ state: fragment.start }, ...fragment.states.flatMap(arrowsOfState)];

function arrowsOfState(state: FragmentState): Next[] {
  const outlet = (id: string): Next => ({ outlet: id });
  switch (state.type) {
    case 'step':
    case 'pause':
      return [state.next];
    case 'await':
      return [state.next, outlet(state.timedOut)];
    case 'wait':
      return [outlet(state.outlet)];
    case 'route':
      return [...state.outlets.map(outlet), ...(state.later === undefined ? [] : [{ state: state.later }])];
    case 'choose':
      return [...state.rules.map((r) => outlet(r.outlet)), outlet(state.otherwise)];
    case 'end':
      return [];
  }
}

/** A kind that breaks its promise: our mistake, not the user's. */
class LoweringError extends Error {
  readonly code = 'lowering-broken';
  constructor(kind: string, what: string) {
    super(`Node kind ${kind} lowers to a broken fragment: ${what}`);
  }
}
