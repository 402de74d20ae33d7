/**
 * Input: a checked journey's graph. Output: the plan that the later passes work on.
 * Enter nodes become entries with their targets (they are not states: enrolment is decided before the machine starts),
 * nodes that no entry leads to are left out, configs are in their kinds' current versions, and the rest is put in
 * walking order so that definitions read from top to bottom as the canvas does from left to right.
 */
import type { Graph, GraphNode } from '../journey/graph.ts';
import type { Plan } from './program.ts';

export function normalise(graph: Graph): Plan {
  const entries = graph.entries.map((n) => ({
    node: n.node.id,
    trigger: n.kind.entry!(n.config),
    target: n.outlets[0] ? graph.target(n.node.id, n.outlets[0].id) : null,
  }));
  return {
    graph,
    entries,
    nodes: inWalkingOrder(
      graph,
      entries.flatMap((e) => e.target ?? []),
    ),
  };
}

/** Breadth first from the entries, outlets in their order. */
function inWalkingOrder(graph: Graph, from: readonly string[]): GraphNode[] {
  const seen = new Set<string>();
  const open = [...from];
  const found: GraphNode[] = [];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const node = graph.node(id);
    if (!node) continue;
    found.push(node);
    for (const outlet of node.outlets) {
      const to = graph.target(id, outlet.id);
      if (to !== null) open.push(to);
    }
  }
  return found;
}
