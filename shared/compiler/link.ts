/**
 * Input: the plan and its fragments. Output: one program in which every open end leads somewhere: to the first state of
 * the node behind the outlet, or, where the outlet is free, to the end of the path.
 *
 *   enter --> wait --> branch --a--> message --> (free)        wait/wait -> branch/step -> branch/route -a-> message/step -> end
 *                         \--else--> (free)                                                             -else-> end
 */
import type { Fragment, Next } from './build.ts';
import type { Plan, Program, ProgramState, Target } from './program.ts';

const keyOf = (node: string, role: string): string => `${node}/${role}`;

export function link(plan: Plan, fragments: ReadonlyMap<string, Fragment>): Program {
  const first = (node: string | null): Target => {
    const fragment = node === null ? undefined : fragments.get(node);
    return fragment && node !== null ? { state: keyOf(node, fragment.start) } : { end: true };
  };
  const states = new Map<string, ProgramState>();
  for (const { node, outlets } of plan.nodes) {
    const fragment = fragments.get(node.id)!;
    const leads = Object.fromEntries(outlets.map((o) => [o.id, first(plan.graph.target(node.id, o.id))]));
    const follow = (next: Next): Target =>
      'outlet' in next ? leads[next.outlet]! : { state: keyOf(node.id, next.state) };
    for (const it of fragment.states) {
      const key = keyOf(node.id, it.role);
      states.set(key, {
        key,
        node: node.id,
        it,
        outlets: leads,
        ...('next' in it && { next: follow(it.next) }),
        ...('later' in it && it.later !== undefined && { later: follow({ state: it.later }) }),
        ...(fragment.shares && { shares: fragment.shares }),
      });
    }
  }
  return { plan, states, starts: plan.entries.map((e) => ({ entry: e.node, target: first(e.target) })) };
}
