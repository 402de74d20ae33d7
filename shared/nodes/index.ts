/** The registry of node kinds: one line each. Everything else about a kind is in its folder. */

import { branch } from './branch/index.ts';
import type { NodeKind } from './define-node.ts';
import { enterDate } from './enter-date/index.ts';
import { enterEvent } from './enter-event/index.ts';
import { enterSchedule } from './enter-schedule/index.ts';
import { enterSegment } from './enter-segment/index.ts';
import { enterTag } from './enter-tag/index.ts';
import { exit } from './exit/index.ts';
import { goal } from './goal/index.ts';
import { message } from './message/index.ts';
import { split } from './split/index.ts';
import { staffTask } from './staff-task/index.ts';
import { stage } from './stage/index.ts';
import { tag } from './tag/index.ts';
import { wait } from './wait/index.ts';
import { waitFor } from './wait-for/index.ts';

export { type Field, type FieldMeta, fieldsOf, WIDGETS, type Widget } from '../form/fields.ts';
export {
  type Awaited,
  type Decision,
  type Effect,
  type EffectOutcome,
  type MessageTemplate,
  type Send,
  sendsIn,
} from './decision.ts';
export type { Ability, NodeFace, NodeGroup, NodeKind, NodeSample, Outlet } from './define-node.ts';
export { defineNode } from './define-node.ts';
export type { EntryCause, Facts } from './facts.ts';
export { type ConfigReading, readConfig } from './read-config.ts';
export { sampleFacts } from './sample-facts.ts';

/** Forgets the config type: outside its folder a kind is used through its own schema only. */
const kind = <C>(it: NodeKind<C>): NodeKind => it as unknown as NodeKind;

const KINDS: readonly NodeKind[] = [
  kind(enterEvent),
  kind(enterTag),
  kind(enterSegment),
  kind(enterSchedule),
  kind(enterDate),
  kind(wait),
  kind(waitFor),
  kind(branch),
  kind(split),
  kind(message),
  kind(staffTask),
  kind(tag),
  kind(stage),
  kind(goal),
  kind(exit),
];

export const NODE_KINDS: ReadonlyMap<string, NodeKind> = new Map(KINDS.map((kind) => [kind.kind, kind]));

/** The kind of that name, or undefined: documents may come from elsewhere. */
export const nodeKind = (kind: string): NodeKind | undefined => NODE_KINDS.get(kind);
