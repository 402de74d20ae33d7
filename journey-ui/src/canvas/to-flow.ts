import { type Edge as FlowEdge, type Node as FlowNode, Position } from '@xyflow/react';
import type { Edge, Journey, JourneyNode } from '../../../shared/journey/index.ts';
import type { Voice } from '../api/use-names.ts';
import { CARD_WIDTH, type CardModel, cardOf, PORT_Y } from './card-model.ts';
import { type Lane, placeOf } from './lanes.ts';
import { type EdgeOverlay, edgeKey, type NodeOverlay, type Overlay } from './overlay.ts';

export interface CardData extends Record<string, unknown> {
  readonly card: CardModel;
  readonly overlay: NodeOverlay;
  readonly editable: boolean;
  /** Outlets that no edge leaves from; a "+" continues there. */
  readonly free: readonly string[];
}

export interface LinkData extends Record<string, unknown> {
  readonly overlay: EdgeOverlay;
  readonly light: boolean;
  /** Another line leads from the same card to the same card. */
  readonly crowded: boolean;
  readonly editable: boolean;
}

export type CardNode = FlowNode<CardData, 'card'>;
export type LinkEdge = FlowEdge<LinkData, 'link'>;

export interface View {
  readonly voice: Voice;
  readonly lanes: readonly Lane[];
  readonly overlay: Overlay;
  readonly editable: boolean;
  readonly selection: ReadonlySet<string>;
  readonly edge: string | undefined;
  /** Cards under the pointer, at places the document does not know yet. */
  readonly dragged: ReadonlyMap<string, { x: number; y: number }>;
}

const NO_NODE: NodeOverlay = {};
const NO_EDGE: EdgeOverlay = {};
const PORT = 12;

/** Computes React Flow's nodes from the document. Unchanged cards give back the object of the time before. */
export function nodeMapper(): (journey: Journey, view: View) => CardNode[] {
  let kept = new Map<string, { key: readonly unknown[]; node: CardNode }>();
  return (journey, view) => {
    const used = new Set(journey.edges.map((e) => edgeKey(e.from.node, e.from.outlet)));
    const next = new Map<string, { key: readonly unknown[]; node: CardNode }>();
    const nodes = journey.nodes.map((node) => {
      const card = cardOf(node, view.voice);
      const place = view.dragged.get(node.id) ?? placeOf(node, view.lanes);
      const overlay = view.overlay.nodes.get(node.id) ?? NO_NODE;
      const free = view.editable ? card.outlets.filter((o) => !used.has(edgeKey(node.id, o.id))).map((o) => o.id) : [];
      const selected = view.selection.has(node.id);
      const key = [card, place.x, place.y, overlay, view.editable, selected, free.join(' ')];
      const before = kept.get(node.id);
      const same = before?.key.every((part, i) => part === key[i]);
      const flow =
        same && before
          ? before.node
          : toNode(node, card, place, selected, { card, overlay, editable: view.editable, free });
      next.set(node.id, { key, node: flow });
      return flow;
    });
    kept = next;
    return nodes;
  };
}

function toNode(
  node: JourneyNode,
  card: CardModel,
  place: { x: number; y: number },
  selected: boolean,
  data: CardData,
): CardNode {
  const { height } = card;
  const port = { width: PORT, height: PORT };
  return {
    id: node.id,
    type: 'card',
    position: place,
    data,
    selected,
    draggable: data.editable,
    connectable: data.editable,
    width: CARD_WIDTH,
    height,
    measured: { width: CARD_WIDTH, height },
    ariaLabel: `${card.title}. ${card.summary}`,
    handles: [
      ...(card.takesIn
        ? [{ id: 'in', type: 'target' as const, position: Position.Left, x: -PORT / 2, y: PORT_Y - PORT / 2, ...port }]
        : []),
      ...card.outlets.map((o) => ({
        id: o.id,
        type: 'source' as const,
        position: Position.Right,
        x: CARD_WIDTH - PORT / 2,
        y: o.y - PORT / 2,
        ...port,
      })),
    ],
  };
}

export function toEdges(journey: Journey, view: View): LinkEdge[] {
  const nodes = new Map(journey.nodes.map((n) => [n.id, n]));
  const pairs = new Map<string, number>();
  const pairOf = (edge: Edge): string => `${edge.from.node} ${edge.to}`;
  for (const edge of journey.edges) pairs.set(pairOf(edge), (pairs.get(pairOf(edge)) ?? 0) + 1);
  return journey.edges.flatMap((edge) => {
    const from = nodes.get(edge.from.node);
    const to = nodes.get(edge.to);
    return from && to ? [toEdge(edge, from, view, (pairs.get(pairOf(edge)) ?? 0) > 1)] : [];
  });
}

function toEdge(edge: Edge, from: JourneyNode, view: View, crowded: boolean): LinkEdge {
  const outlets = cardOf(from, view.voice).outlets;
  const overlay = view.overlay.edges.get(edgeKey(edge.from.node, edge.from.outlet)) ?? NO_EDGE;
  return {
    id: edge.id,
    type: 'link',
    source: edge.from.node,
    sourceHandle: edge.from.outlet,
    target: edge.to,
    targetHandle: 'in',
    selected: view.edge === edge.id,
    zIndex: overlay.taken ? 1 : 0,
    data: {
      overlay,
      light: outlets.find((o) => o.id === edge.from.outlet)?.tone === 'else',
      editable: view.editable,
      crowded,
    },
  };
}
