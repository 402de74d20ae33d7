import { durationSeconds } from '../../shared/journey/index.ts';
import type { Facts, NodeKind } from '../../shared/nodes/index.ts';
import { nowMs } from '../ports/clock/index.ts';
import { type Enrolment, enrolmentFrom, enrolmentKey, enrolmentParts } from '../ports/enrolments/index.ts';
import { environment } from '../ports/environment.ts';
import { type JourneyVersion, journeyVersion } from '../ports/journeys/index.ts';
import { type SentLog, sentKey, sentLog, sentLogOf } from '../ports/messages/index.ts';
import { customerPk, keptEvents, type Loaded, loadedFrom, loadState, STATE } from '../ports/profiles/index.ts';
import { batchGet, type Row } from '../ports/tables/index.ts';
import { taskFrom, taskId, taskKey } from '../ports/tasks/index.ts';
import type { Payload } from './payload.ts';

/** A node of a published version, its config brought to the kind's current version. */
export interface StepNode {
  readonly version: JourneyVersion;
  readonly kind: NodeKind;
  readonly config: unknown;
}

/** All that a step works with. */
export interface Situation extends StepNode {
  readonly payload: Payload;
  readonly enrolment: Enrolment;
  readonly profile: Loaded;
  readonly facts: Facts;
  /** What was sent to her, for kinds that send. */
  readonly sent?: SentLog;
}

/** The node at hand; read once per process. A machine whose version or node is unknown is our mistake. */
export async function stepNode({ journey, version: number, node }: Payload): Promise<StepNode> {
  const version = await journeyVersion(journey, number);
  const found = version?.graph.node(node);
  if (version === undefined || found === undefined) throw new UnknownNode(journey, number, node);
  return { version, kind: found.kind, config: found.config };
}

/** Reads enrolment, profile, the events that the kind asks for and what a sender counts, consistently: one call, or two. */
export async function situation(payload: Payload, node: StepNode): Promise<Situation | undefined> {
  const { customer, enrolment: id, enteredAt } = payload;
  const n = enrolmentParts(id)?.n ?? 0;
  const profileKey = { pk: customerPk(customer), sk: STATE };
  const passageKey = enrolmentKey(customer, payload.journey, n);
  const sends = node.kind.needs.includes('send');
  const task = node.kind.needs.includes('task')
    ? taskKey(customer, taskId(id, payload.node, payload.visit))
    : undefined;
  const [row, found] = await Promise.all([
    batchGet({
      profiles: [profileKey],
      enrolments: [passageKey],
      ...(sends && { messages: [sentKey(customer)] }),
      ...(task && { tasks: [task] }),
    }),
    neededEvents(customer, node),
  ]);
  const passage = row('enrolments', passageKey);
  if (passage === undefined) return undefined;
  const enrolment = enrolmentFrom(passage);
  const own = loadedFrom(customer, row('profiles', profileKey));
  // Another customer's since ids were merged: her profile is that one's, the passage stays where it began.
  const moved = own.identity.into !== undefined;
  const profile = moved ? await loadState(customer) : own;
  const events = moved ? await neededEvents(profile.customer, node) : found;
  const sent = sends
    ? await sentTo(profile, moved ? undefined : { row: row('messages', sentKey(customer)) })
    : undefined;
  const put = task && row('tasks', task);
  const { traits, tags, segments, stage } = profile.state;
  const facts: Facts = {
    now: new Date(nowMs()).toISOString(),
    zone: zoneOf(traits) ?? node.version.document.zone ?? environment('TENANT_ZONE'),
    customer: { id: customer, traits, tags, segments, stage },
    enrolment: {
      id,
      journey: enrolment.journey,
      version: enrolment.version,
      enteredAt: enrolment.enteredAt,
      cause: enrolment.cause,
    },
    nodeEnteredAt: new Date(enteredAt).toISOString(),
    nodeId: payload.node,
    events,
    ...(put && { task: { state: taskFrom(put).state } }),
  };
  return { ...node, payload, enrolment, profile, facts, ...(sent && { sent }) };
}

async function sentTo(profile: Loaded, own: { readonly row: Row | undefined } | undefined): Promise<SentLog> {
  return own === undefined ? sentLogOf(profile) : sentLog(profile, own.row);
}

async function neededEvents(customer: string, { kind, config }: StepNode) {
  const needs = kind.eventNeeds?.(config);
  if (needs === undefined) return [];
  const { names, within } = needs;
  const since = within === undefined ? undefined : new Date(nowMs() - durationSeconds(within)! * 1000).toISOString();
  return keptEvents(customer, names, since);
}

/** The customer's own zone, from the trait that Segment's libraries send; undefined when it is no zone. */
export function zoneOf(traits: Readonly<Record<string, unknown>>): string | undefined {
  const zone = traits['timezone'];
  if (typeof zone !== 'string') return undefined;
  if (!zones.has(zone)) zones.set(zone, isZone(zone));
  return zones.get(zone) ? zone : undefined;
}

const zones = new Map<string, boolean>();

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

class UnknownNode extends Error {
  readonly code = 'unknown-node';
  constructor(journey: string, version: number, node: string) {
    super(`Journey ${journey} version ${version} has no node ${node}`);
    this.name = 'Pergola.UnknownNode';
  }
}
