/** The plain walk: from node to node by decide() alone, without a machine. What the machine is held to. */

import type { Graph, GraphNode } from '../../journey/index.ts';
import { builderFor } from '../builder.ts';
import { END_NODE } from '../payload.ts';
import { comeAgain, factsAt, iso, nextAwaited, perform, type Step, type World } from './world.ts';

/** At most `most` nodes: a journey may go round for ever. */
export function walk(graph: Graph, entry: string, world: World, most = 60): Step[] {
  const steps: Step[] = [];
  const visits = new Map<string, number>();
  let now = Date.parse(world.facts.enrolment.enteredAt);
  let id: string | null = graph.target(entry, graph.node(entry)!.outlets[0]!.id);
  while (id !== null && steps.length < most) {
    const at: GraphNode = graph.node(id)!;
    const visit: number = (visits.get(id) ?? 0) + 1;
    visits.set(id, visit);
    const decision = at.kind.decide!(at.config, factsAt(world, graph, id, now, now));
    let outlet: string;
    if (decision.type === 'go') {
      now = comeAgain(world, decision, now) ?? now;
      outlet = perform(world, at, visit, decision);
    } else if (decision.type === 'until') {
      now = Math.max(now, Date.parse(decision.instant));
      outlet = decision.outlet;
    } else {
      const limit = limitOf(graph, at);
      const until = now + limit.seconds * 1000;
      const met = nextAwaited(world, decision.for, now, until);
      now = met?.at ?? until;
      outlet = met?.outlet ?? limit.timedOut;
    }
    steps.push({ node: id, visit, outlet, at: iso(now) });
    if (at.outlets.length === 0) return steps;
    id = graph.target(id, outlet);
  }
  if (id === null) steps.push({ node: END_NODE, visit: 1, outlet: '', at: iso(now) });
  return steps;
}

/** The time limit is the compiled state's own; so ask what the node is compiled to. */
function limitOf(graph: Graph, at: GraphNode): { seconds: number; timedOut: string } {
  const fragment = at.kind.lower!(
    at.config,
    builderFor(
      graph.journey.id,
      at.node.id,
      at.outlets.map((o) => o.id),
    ),
  );
  const state = fragment.states.find((s) => s.type === 'await');
  if (state?.type !== 'await') throw new Error(`${at.node.id} awaits, but is not compiled to an await state`);
  return state;
}
