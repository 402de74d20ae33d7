/** Edits that the canvas asks for, made of the journey's own edits; each is one step of history. */
import {
  addNode,
  connect,
  duplicateNodes,
  insertOnEdge,
  type Journey,
  pasteNodes,
  placeNode,
  STEP_X,
} from '../../../shared/journey/index.ts';
import { nodeKind } from '../../../shared/nodes/index.ts';
import type { Stage } from '../../../shared/stages.ts';
import type { Voice } from '../api/use-names.ts';
import type { Spot } from '../canvas/canvas-actions.ts';
import { CARD_WIDTH, cardOf } from '../canvas/card-model.ts';
import type { Moved } from '../canvas/use-dragging.ts';

const GAP = 24;

export interface Added {
  readonly journey: Journey;
  readonly node: string | undefined;
}

/** Puts cards down where they were dropped; the lane they stand in is their stage. */
export function putDown(journey: Journey, moved: readonly Moved[]): Journey {
  return moved.reduce((next, { id, stage, position }) => placeNode(next, id, position, stage), journey);
}

/** Adds a card of this kind at a spot: into an edge, behind an outlet, or where it was dropped. */
export function addAt(journey: Journey, kind: string, spot: Spot, voice: Voice): Added {
  if (spot.type === 'edge') return onEdge(journey, kind, spot.edge, voice);
  if (spot.type === 'outlet') return behind(journey, kind, spot, voice);
  return addNode(journey, { ...fresh(kind, voice), ...spot.at });
}

/** A new card starts with words in the language of who puts it down. */
const fresh = (kind: string, { language }: Voice): { readonly kind: string; readonly config?: unknown } => {
  const config = language === 'en' ? nodeKind(kind)?.defaultsEn : undefined;
  return config === undefined ? { kind } : { kind, config };
};

function onEdge(journey: Journey, kind: string, edge: string, voice: Voice): Added {
  const from = journey.nodes.find((n) => n.id === journey.edges.find((e) => e.id === edge)?.from.node);
  const added = insertOnEdge(journey, edge, { ...fresh(kind, voice), stage: from?.stage ?? 'touch' });
  if (added.node === null || !from) return { journey, node: undefined };
  const x = added.journey.nodes.find((n) => n.id === added.node)?.position.x ?? from.position.x + STEP_X;
  const free = freeSpot(added.journey, from.stage, { x, y: from.position.y }, voice, added.node);
  return { journey: placeNode(added.journey, added.node, free), node: added.node };
}

function behind(journey: Journey, kind: string, spot: Extract<Spot, { type: 'outlet' }>, voice: Voice): Added {
  const from = journey.nodes.find((n) => n.id === spot.node);
  if (!from) return { journey, node: undefined };
  const wanted = spot.at ?? { stage: from.stage, position: { x: from.position.x + STEP_X, y: from.position.y } };
  const position = freeSpot(journey, wanted.stage, wanted.position, voice);
  const added = addNode(journey, { ...fresh(kind, voice), stage: wanted.stage, position });
  return { journey: connect(added.journey, { node: spot.node, outlet: spot.outlet }, added.node), node: added.node };
}

/** The palette's click: behind the first free outlet of the selected card, else to the right of everything. */
export function addAfter(journey: Journey, kind: string, selected: string | undefined, voice: Voice): Added {
  const node = journey.nodes.find((n) => n.id === selected);
  if (node && !nodeKind(kind)?.entry) {
    const used = new Set(journey.edges.filter((e) => e.from.node === node.id).map((e) => e.from.outlet));
    const outlets = cardOf(node, voice).outlets;
    const free = outlets.find((o) => !used.has(o.id));
    if (free) return behind(journey, kind, { type: 'outlet', node: node.id, outlet: free.id }, voice);
    const only = journey.edges.find((e) => e.from.node === node.id);
    if (only && outlets.length === 1) return onEdge(journey, kind, only.id, voice);
  }
  const stage: Stage = node?.stage ?? journey.stage ?? 'touch';
  const entry = nodeKind(kind)?.entry !== undefined;
  const right = Math.max(0, ...journey.nodes.filter((n) => n.stage === stage).map((n) => n.position.x + STEP_X));
  return addNode(journey, {
    ...fresh(kind, voice),
    stage,
    position: freeSpot(journey, stage, { x: entry ? 0 : right, y: 0 }, voice),
  });
}

/** The nearest place below the wanted one where a new card covers no other. */
function freeSpot(
  journey: Journey,
  stage: Stage,
  wanted: { x: number; y: number },
  voice: Voice,
  self?: string,
): { x: number; y: number } {
  const others = journey.nodes.filter((n) => n.stage === stage && n.id !== self);
  let y = wanted.y;
  for (let tries = 0; tries < others.length + 1; tries++) {
    const hit = others.find(
      (n) =>
        Math.abs(n.position.x - wanted.x) < CARD_WIDTH + GAP &&
        y < n.position.y + cardOf(n, voice).height + GAP &&
        n.position.y < y + 80 + GAP,
    );
    if (!hit) break;
    y = hit.position.y + cardOf(hit, voice).height + GAP;
  }
  return { x: wanted.x, y };
}

export type Clip = Pick<Journey, 'nodes' | 'edges'>;

export function clipOf(journey: Journey, ids: readonly string[]): Clip {
  return {
    nodes: journey.nodes.filter((n) => ids.includes(n.id)),
    edges: journey.edges.filter((e) => ids.includes(e.from.node) && ids.includes(e.to)),
  };
}

export const paste = (journey: Journey, clip: Clip, times: number) =>
  pasteNodes(journey, clip, { dx: 32 * times, dy: 32 * times });

export const duplicate = (journey: Journey, ids: readonly string[]) => duplicateNodes(journey, ids);
