import type { NodeKind, Outlet } from '../nodes/define-node.ts';
import { nodeKind } from '../nodes/index.ts';
import { readConfig } from '../nodes/read-config.ts';
import type { Edge, Journey, JourneyNode } from './schema.ts';

/** A node with what its kind says of it: its config brought to the current version, its ways out. */
export interface GraphNode {
  readonly node: JourneyNode;
  readonly kind: NodeKind;
  readonly config: unknown;
  readonly outlets: readonly Outlet[];
}

/** Questions about a journey's shape. Built once by `graphOf`; every answer is computed at most once. */
export interface Graph {
  readonly journey: Journey;
  /** In document order; nodes of unknown kind or with an unreadable config are left out. */
  readonly nodes: readonly GraphNode[];
  readonly node: (id: string) => GraphNode | undefined;
  /** The nodes that let customers in. */
  readonly entries: readonly GraphNode[];
  readonly outgoing: (id: string) => readonly Edge[];
  readonly incoming: (id: string) => readonly Edge[];
  /** The node behind an outlet; null when the outlet is free. */
  readonly target: (id: string, outlet: string) => string | null;
  /** All that can be reached from an entry, entries included. */
  readonly reachable: ReadonlySet<string>;
  /** All nodes from which this one can be reached. */
  readonly predecessors: (id: string) => ReadonlySet<string>;
  /** All nodes that can be reached from this one (itself only if it lies on a loop). */
  readonly successors: (id: string) => ReadonlySet<string>;
  /** Outlets that no edge leaves from. */
  readonly freeOutlets: readonly { readonly node: string; readonly outlet: string }[];
  /** Groups of nodes that lie on a loop together. */
  readonly loops: readonly (readonly string[])[];
  readonly onLoop: (id: string) => boolean;
}

/** Reads a journey's shape. Takes drafts too: edges to nowhere are simply not followed. */
export function graphOf(journey: Journey): Graph {
  const known = new Map<string, GraphNode>();
  for (const node of journey.nodes) {
    const kind = nodeKind(node.kind);
    const reading = kind && readConfig(kind, node.kindVersion, node.config);
    if (kind && reading?.ok && !known.has(node.id)) {
      known.set(node.id, { node, kind, config: reading.config, outlets: kind.outlets(reading.config) });
    }
  }
  const ids = new Set(journey.nodes.map((n) => n.id));
  const edges = journey.edges.filter((e) => ids.has(e.from.node) && ids.has(e.to));
  const outgoing = Map.groupBy(edges, (e) => e.from.node);
  const incoming = Map.groupBy(edges, (e) => e.to);
  const out = (id: string): readonly Edge[] => outgoing.get(id) ?? [];
  const into = (id: string): readonly Edge[] => incoming.get(id) ?? [];
  const successors = kept((id: string) => walk([id], (n) => out(n).map((e) => e.to)));
  const predecessors = kept((id: string) => walk([id], (n) => into(n).map((e) => e.from.node)));
  const nodes = [...known.values()];
  const entries = nodes.filter((n) => n.kind.entry);
  const lazy = {
    reachable: once(() => {
      const from = entries.map((n) => n.node.id);
      return new Set([...from, ...walk(from, (n) => out(n).map((e) => e.to))]);
    }),
    loops: once(() => loopsOf([...ids], (id) => out(id).map((e) => e.to))),
  };
  const looped = once(() => new Set(lazy.loops().flat()));
  return {
    journey,
    nodes,
    node: (id) => known.get(id),
    entries,
    outgoing: out,
    incoming: into,
    target: (id, outlet) => out(id).find((e) => e.from.outlet === outlet)?.to ?? null,
    get reachable() {
      return lazy.reachable();
    },
    predecessors,
    successors,
    freeOutlets: nodes.flatMap((n) =>
      n.outlets
        .filter((o) => !out(n.node.id).some((e) => e.from.outlet === o.id))
        .map((o) => ({ node: n.node.id, outlet: o.id })),
    ),
    get loops() {
      return lazy.loops();
    },
    onLoop: (id) => looped().has(id),
  };
}

/** All that lies behind these nodes; they themselves only when a path leads back to them. */
function walk(from: readonly string[], next: (id: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = from.flatMap((id) => [...next(id)]);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...next(id));
  }
  return seen;
}

/**
 * Groups of nodes from each of which every other can be reached: Tarjan's strongly connected components, written with
 * a stack of its own so that a thousand nodes in a row do not overflow the machine's.
 */
function loopsOf(ids: readonly string[], next: (id: string) => readonly string[]): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const loops: string[][] = [];
  for (const root of ids) {
    if (index.has(root)) continue;
    const frames: { id: string; rest: string[] }[] = [];
    const enter = (id: string): void => {
      index.set(id, index.size);
      low.set(id, index.get(id)!);
      open.push(id);
      isOpen.add(id);
      frames.push({ id, rest: [...next(id)] });
    };
    enter(root);
    while (frames.length > 0) {
      const frame = frames.at(-1)!;
      const to = frame.rest.pop();
      if (to !== undefined) {
        if (!index.has(to)) enter(to);
        else if (isOpen.has(to)) low.set(frame.id, Math.min(low.get(frame.id)!, index.get(to)!));
        continue;
      }
      frames.pop();
      const parent = frames.at(-1);
      if (parent) low.set(parent.id, Math.min(low.get(parent.id)!, low.get(frame.id)!));
      if (low.get(frame.id) !== index.get(frame.id)) continue;
      const group = open.splice(open.indexOf(frame.id));
      for (const id of group) isOpen.delete(id);
      if (group.length > 1 || next(frame.id).includes(frame.id)) loops.push(group.reverse());
    }
  }
  return loops;
}

function once<T>(make: () => T): () => T {
  let value: { readonly it: T } | undefined;
  return () => {
    value ??= { it: make() };
    return value.it;
  };
}

function kept<T>(make: (id: string) => T): (id: string) => T {
  const values = new Map<string, T>();
  return (id) => {
    let value = values.get(id);
    if (value === undefined) {
      value = make(id);
      values.set(id, value);
    }
    return value;
  };
}
