/**
 * Edits of a journey: journey -> journey, nothing else changes. An edit that would change nothing gives back the very
 * same object, so that a store can tell. Positions are the canvas's: x grows with time, y with the stage.
 */
import { nodeKind } from '../nodes/index.ts';
import { readConfig } from '../nodes/read-config.ts';
import type { Stage } from '../stages.ts';
import { graphOf } from './graph.ts';
import type { Edge, Journey, JourneyNode } from './schema.ts';

/** The distance from one card to the next in time. */
export const STEP_X = 300;

export interface NewNode {
  readonly kind: string;
  readonly stage: Stage;
  readonly position: { readonly x: number; readonly y: number };
  readonly title?: string;
  /** Default: the kind's defaults. */
  readonly config?: unknown;
}

/** The first id `<stem>-<n>` that is free. */
export function freeId(taken: Iterable<string>, stem: string): string {
  const used = new Set(taken);
  let n = 1;
  while (used.has(`${stem}-${n}`)) n++;
  return `${stem}-${n}`;
}

const nodeIds = (journey: Journey): string[] => journey.nodes.map((n) => n.id);
const edgeIds = (journey: Journey): string[] => journey.edges.map((e) => e.id);

/** Adds a node. Throws for a kind that is not registered: the palette offers only those that are. */
export function addNode(journey: Journey, fresh: NewNode): { journey: Journey; node: string } {
  const kind = nodeKind(fresh.kind);
  if (!kind) throw new Error(`No node kind ${fresh.kind}`);
  const id = freeId(nodeIds(journey), fresh.kind);
  const node: JourneyNode = {
    id,
    kind: kind.kind,
    kindVersion: kind.version,
    ...(fresh.title !== undefined && { title: fresh.title }),
    config: fresh.config ?? kind.defaults,
    stage: fresh.stage,
    position: fresh.position,
  };
  return { journey: { ...journey, nodes: [...journey.nodes, node] }, node: id };
}

/**
 * Puts a new node into an edge: a -> b becomes a -> new -> b, by the new node's first outlet. What comes after moves
 * to the right where there is no room. A node without a way in or out cannot be put in; then nothing changes.
 */
export function insertOnEdge(
  journey: Journey,
  edgeId: string,
  fresh: Omit<NewNode, 'position'>,
): { journey: Journey; node: string | null } {
  const edge = journey.edges.find((e) => e.id === edgeId);
  const kind = nodeKind(fresh.kind);
  const from = journey.nodes.find((n) => n.id === edge?.from.node);
  const to = journey.nodes.find((n) => n.id === edge?.to);
  const outlet = kind?.outlets(fresh.config ?? kind.defaults)[0];
  if (!edge || !from || !to || !kind || kind.entry || !outlet) return { journey, node: null };
  const x = from.position.x + STEP_X;
  const push = Math.max(0, x + STEP_X - to.position.x);
  const behind = graphOf(journey).successors(to.id);
  const shifted =
    push === 0
      ? journey
      : {
          ...journey,
          nodes: journey.nodes.map((n) =>
            n.id === to.id || (behind.has(n.id) && n.position.x >= to.position.x) ? moved(n, push, 0) : n,
          ),
        };
  const added = addNode(shifted, { ...fresh, position: { x, y: (from.position.y + to.position.y) / 2 } });
  const first = connect(
    { ...added.journey, edges: added.journey.edges.filter((e) => e.id !== edgeId) },
    edge.from,
    added.node,
  );
  return { journey: connect(first, { node: added.node, outlet: outlet.id }, to.id), node: added.node };
}

/** Draws an edge. An outlet has one edge: an earlier one is replaced. Into an entry node no edge is drawn. */
export function connect(journey: Journey, from: Edge['from'], to: string): Journey {
  if (!canConnect(journey, from, to)) return journey;
  const id = freeId(edgeIds(journey), 'e');
  const others = journey.edges.filter((e) => e.from.node !== from.node || e.from.outlet !== from.outlet);
  return { ...journey, edges: [...others, { id, from: { node: from.node, outlet: from.outlet }, to }] };
}

/** May an edge be drawn here? For the canvas, while dragging. */
export function canConnect(journey: Journey, from: Edge['from'], to: string): boolean {
  const source = journey.nodes.find((n) => n.id === from.node);
  const target = journey.nodes.find((n) => n.id === to);
  if (!source || !target || source === target || nodeKind(target.kind)?.entry) return false;
  if (journey.edges.some((e) => e.from.node === from.node && e.from.outlet === from.outlet && e.to === to))
    return false;
  return outletIds(source).includes(from.outlet);
}

export function disconnect(journey: Journey, edgeId: string): Journey {
  const edges = journey.edges.filter((e) => e.id !== edgeId);
  return edges.length === journey.edges.length ? journey : { ...journey, edges };
}

/**
 * Deletes nodes and their edges. A deleted node with one way out that was used is bridged: what led to it then leads
 * to what came after it.
 */
export function deleteNodes(journey: Journey, ids: readonly string[]): Journey {
  return ids.reduce(deleteNode, journey);
}

function deleteNode(journey: Journey, id: string): Journey {
  if (!journey.nodes.some((n) => n.id === id)) return journey;
  const out = journey.edges.filter((e) => e.from.node === id);
  const after = out.length === 1 ? out[0]!.to : undefined;
  const edges = journey.edges
    .filter((e) => e.from.node !== id)
    .flatMap((e) => (e.to !== id ? [e] : after !== undefined && after !== e.from.node ? [{ ...e, to: after }] : []));
  return { ...journey, nodes: journey.nodes.filter((n) => n.id !== id), edges };
}

/** Moves nodes by an offset. */
export function moveNodes(journey: Journey, ids: readonly string[], dx: number, dy: number): Journey {
  if (dx === 0 && dy === 0) return journey;
  return changeNodes(journey, ids, (n) => moved(n, dx, dy));
}

/** Puts one node at a place, and into a lane. */
export function placeNode(journey: Journey, id: string, position: JourneyNode['position'], stage?: Stage): Journey {
  return changeNodes(journey, [id], (n) => ({
    ...n,
    position: { x: position.x, y: position.y },
    stage: stage ?? n.stage,
  }));
}

export function setTitle(journey: Journey, id: string, title: string): Journey {
  return changeNodes(journey, [id], ({ title: _old, ...n }) => (title.trim() ? { ...n, title: title.trim() } : n));
}

export function setStage(journey: Journey, ids: readonly string[], stage: Stage): Journey {
  return changeNodes(journey, ids, (n) => (n.stage === stage ? n : { ...n, stage }));
}

/** Sets a node's config (of its kind's current version). Edges of outlets that are no longer there go. */
export function setConfig(journey: Journey, id: string, config: unknown): Journey {
  const next = changeNodes(journey, [id], (n) => ({
    ...n,
    config,
    kindVersion: nodeKind(n.kind)?.version ?? n.kindVersion,
  }));
  const node = next.nodes.find((n) => n.id === id);
  const kind = node && nodeKind(node.kind);
  if (!node || !kind || !readConfig(kind, kind.version, config).ok) return next;
  const left = outletIds(node);
  return { ...next, edges: next.edges.filter((e) => e.from.node !== id || left.includes(e.from.outlet)) };
}

/** Changes what the journey says of itself: name, description, zone, stage, entry rules, goals, exits. */
export function setJourney(
  journey: Journey,
  change: Partial<Omit<Journey, 'schema' | 'id' | 'nodes' | 'edges'>>,
): Journey {
  return { ...journey, ...change };
}

/** Copies nodes, with the edges among them, a little to the right and below. */
export function duplicateNodes(
  journey: Journey,
  ids: readonly string[],
): { journey: Journey; nodes: readonly string[] } {
  const chosen = journey.nodes.filter((n) => ids.includes(n.id));
  const edges = journey.edges.filter((e) => ids.includes(e.from.node) && ids.includes(e.to));
  return pasteNodes(journey, { nodes: chosen, edges }, { dx: 40, dy: 40 });
}

/** Puts copied nodes and the edges among them into a journey, with fresh ids. */
export function pasteNodes(
  journey: Journey,
  clip: Pick<Journey, 'nodes' | 'edges'>,
  offset: { readonly dx: number; readonly dy: number },
): { journey: Journey; nodes: readonly string[] } {
  const fresh = new Map<string, string>();
  let nodes = journey.nodes;
  for (const node of clip.nodes) {
    const id = freeId(
      nodes.map((n) => n.id),
      node.kind,
    );
    fresh.set(node.id, id);
    nodes = [...nodes, moved({ ...node, id }, offset.dx, offset.dy)];
  }
  let edges = journey.edges;
  for (const edge of clip.edges) {
    const node = fresh.get(edge.from.node);
    const to = fresh.get(edge.to);
    if (node === undefined || to === undefined) continue;
    edges = [
      ...edges,
      {
        id: freeId(
          edges.map((e) => e.id),
          'e',
        ),
        from: { node, outlet: edge.from.outlet },
        to,
      },
    ];
  }
  return fresh.size === 0
    ? { journey, nodes: [] }
    : { journey: { ...journey, nodes, edges }, nodes: [...fresh.values()] };
}

/** An empty journey to begin with. */
export function emptyJourney(id: string, name: string): Journey {
  return { schema: 1, id, name, entry: { reentry: { type: 'never' } }, goals: [], exits: [], nodes: [], edges: [] };
}

function changeNodes(journey: Journey, ids: readonly string[], change: (node: JourneyNode) => JourneyNode): Journey {
  let touched = false;
  const nodes = journey.nodes.map((node) => {
    const next = ids.includes(node.id) ? change(node) : node;
    touched ||= next !== node;
    return next;
  });
  return touched ? { ...journey, nodes } : journey;
}

const moved = (node: JourneyNode, dx: number, dy: number): JourneyNode => ({
  ...node,
  position: { x: node.position.x + dx, y: node.position.y + dy },
});

function outletIds(node: JourneyNode): readonly string[] {
  const kind = nodeKind(node.kind);
  const reading = kind && readConfig(kind, node.kindVersion, node.config);
  return kind && reading?.ok ? kind.outlets(reading.config).map((o) => o.id) : [];
}
