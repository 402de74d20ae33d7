/** The registry of node kinds: one line each. Everything else about a kind is in its folder. */
import type { NodeKind } from './define-node.ts';

export type { Awaited, Decision, Effect, EffectOutcome, MessageTemplate } from './decision.ts';
export type { Ability, NodeFace, NodeGroup, NodeKind, NodeSample, Outlet } from './define-node.ts';
export { defineNode } from './define-node.ts';
export type { EntryCause, Facts } from './facts.ts';

const KINDS: readonly NodeKind[] = [];

export const NODE_KINDS: ReadonlyMap<string, NodeKind> = new Map(KINDS.map((kind) => [kind.kind, kind]));

/** The kind of that name, or undefined: documents may come from elsewhere. */
export const nodeKind = (kind: string): NodeKind | undefined => NODE_KINDS.get(kind);
