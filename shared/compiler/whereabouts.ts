import type { Graph } from '../journey/graph.ts';
import type { Facts } from '../nodes/facts.ts';
import { END_NODE } from './payload.ts';
import type { CompileMap } from './program.ts';

/**
 * The node at which she stands after leaving `from` through `outlet`: the next one, or, where that one is passed in the
 * same instant without a handler's knowing (a split), the one behind it. `END_NODE` when the path ends. For the step
 * handlers, so that live counts say "waiting here" as soon as she waits, not when the next step tells of it.
 */
export function standsAt(map: CompileMap, graph: Graph, from: string, outlet: string, facts: Facts): string {
  let next = map.next[from]?.[outlet] ?? null;
  while (next !== null && map.passing[next] === 'instant') {
    const at = graph.node(next)!;
    const decision = at.kind.decide!(at.config, { ...facts, nodeId: next });
    if (decision.type !== 'go') break;
    next = map.next[next]?.[decision.outlet] ?? null;
  }
  return next ?? END_NODE;
}
