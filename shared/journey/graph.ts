import type { NodeKind, Outlet } from '../nodes/define-node.ts';
import type { Edge, Journey, JourneyNode } from './schema.ts';

/** A node with what its kind says of it: its config brought to the current version, its ways out. */
export interface GraphNode {
  readonly node: JourneyNode;
  readonly kind: NodeKind;
  readonly config: unknown;
  readonly outlets: readonly Outlet[];
}

/** Questions about a journey's shape. Built once by `graphOf`; every answer is computed once and kept. */
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
