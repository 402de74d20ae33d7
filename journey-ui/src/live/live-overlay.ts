import type { Journey } from '../../../shared/journey/index.ts';
import type { LiveCounts } from '../api/types.ts';
import { type EdgeOverlay, edgeKey, type NodeOverlay, type Overlay } from '../canvas/overlay.ts';

/** Counts laid over the drawing. A node nobody came to yet shows zeros rather than nothing. */
export function liveOverlay(journey: Journey, counts: LiveCounts | undefined): Overlay {
  const nodes = new Map<string, NodeOverlay>();
  const edges = new Map<string, EdgeOverlay>();
  const lanes = new Map<string, number>();
  for (const node of journey.nodes) {
    const { here = 0, arrived = 0, passed = {} } = counts?.nodes[node.id] ?? {};
    const gone = Object.values(passed).reduce((sum, n) => sum + n, 0);
    nodes.set(node.id, { counts: { here, arrived: Math.max(arrived, gone), gone } });
    lanes.set(node.stage, (lanes.get(node.stage) ?? 0) + here);
    for (const [outlet, n] of Object.entries(passed)) {
      edges.set(edgeKey(node.id, outlet), { passed: n, share: gone === 0 ? 0 : n / gone });
    }
  }
  return { nodes, edges, lanes };
}
