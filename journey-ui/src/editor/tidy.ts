/**
 * Tidying up: ELK's layered layout gives the order in time (columns) and, within a column, the order that crosses the
 * fewest edges. Heights are then counted anew in each lane, because a card's lane is its stage and stays.
 */
import elkModule, { type ElkNode } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import { type Journey, placeNode } from '../../../shared/journey/index.ts';
import { STAGES } from '../../../shared/stages.ts';
import type { Voice } from '../api/use-names.ts';
import { CARD_WIDTH, cardOf } from '../canvas/card-model.ts';

/** The package is CommonJS: its class is the default export, or one below it, depending on who reads its types. */
const Elk = elkModule as unknown as typeof elkModule.default;

const COLUMN_GAP = 92;
const ROW_GAP = 28;

export async function tidy(journey: Journey, voice: Voice): Promise<Journey> {
  const elk = new Elk({ workerUrl });
  const size = new Map(journey.nodes.map((n) => [n.id, cardOf(n, voice).height]));
  const laid: ElkNode = await elk
    .layout({
      id: 'journey',
      layoutOptions: {
        'elk.algorithm': 'layered',
        'elk.direction': 'RIGHT',
        'elk.partitioning.activate': 'false',
        'elk.spacing.nodeNode': String(ROW_GAP),
        'elk.layered.spacing.nodeNodeBetweenLayers': String(COLUMN_GAP),
        'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
        'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      },
      children: journey.nodes.map((n) => ({ id: n.id, width: CARD_WIDTH, height: size.get(n.id) ?? 80 })),
      edges: journey.edges.map((e) => ({ id: e.id, sources: [e.from.node], targets: [e.to] })),
    })
    .finally(() => elk.terminateWorker());
  const place = new Map((laid.children ?? []).map((c) => [c.id, { x: c.x ?? 0, y: c.y ?? 0 }]));
  return STAGES.reduce((next, stage) => {
    const columns = new Map<number, number>();
    const nodes = journey.nodes
      .filter((n) => n.stage === stage)
      .sort((a, b) => (place.get(a.id)?.y ?? 0) - (place.get(b.id)?.y ?? 0));
    return nodes.reduce((result, node) => {
      const x = Math.round(place.get(node.id)?.x ?? 0);
      const y = columns.get(x) ?? 0;
      columns.set(x, y + (size.get(node.id) ?? 80) + ROW_GAP);
      return placeNode(result, node.id, { x, y });
    }, next);
  }, journey);
}
