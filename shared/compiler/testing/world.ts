/**
 * A small world for tests: one customer, what she does and when, and what the step handlers would find. Both the plain
 * walk and the machine ask it the same questions, so that they can differ only in how they go from node to node.
 */
import type { CustomerEvent } from '../../events/index.ts';
import { type Graph, type GraphNode, matchesTrigger } from '../../journey/index.ts';
import type { Decision, EffectOutcome, Facts } from '../../nodes/index.ts';
import { sampleFacts } from '../../nodes/index.ts';

export interface World {
  readonly facts: Facts;
  /** What she does after entering, at or after `facts.enrolment.enteredAt`, in order of time. */
  readonly happens: readonly CustomerEvent[];
  /** The nth send (from 0) is held back when this says so. */
  readonly holdsBack?: (node: string, visit: number) => boolean;
  /** Sends that may wait are told to come again at this instant (ms), while it is ahead. */
  readonly busyUntil?: number;
}

export interface Step {
  readonly node: string;
  readonly visit: number;
  readonly outlet: string;
  readonly at: string;
}

export const iso = (ms: number): string => new Date(ms).toISOString();

export const quietWorld = (given: Partial<Facts> = {}): World => ({ facts: sampleFacts(given), happens: [] });

/** What a handler knows at `now` about a customer who came to this node at `enteredAt`. */
export function factsAt(world: World, graph: Graph, node: string, now: number, enteredAt: number): Facts {
  return {
    ...world.facts,
    now: iso(now),
    nodeId: node,
    nodeEnteredAt: iso(enteredAt),
    enrolment: { ...world.facts.enrolment, journey: graph.journey.id },
    events: [...world.facts.events, ...world.happens].filter((e) => Date.parse(e.at) <= now),
  };
}

/** When to come again, where what was decided may wait and has to. */
export const comeAgain = ({ busyUntil = 0 }: World, { effects }: Decision & { type: 'go' }, now: number) =>
  now < busyUntil && effects?.some((e) => e.type === 'send' && e.waitAtMost !== undefined) ? busyUntil : undefined;

/** The outlet after performing what was decided. */
export function perform(world: World, at: GraphNode, visit: number, decision: Decision & { type: 'go' }): string {
  const held = world.holdsBack?.(at.node.id, visit) ?? false;
  const outcomes = (decision.effects ?? []).map(
    (e): EffectOutcome => ({ type: e.type, outcome: e.type === 'send' && held ? 'skipped' : 'done' }),
  );
  return at.kind.after?.(at.config, outcomes) ?? decision.outlet;
}

/** The first thing after `from` (and no later than `until`) that one of these waits for. */
export function nextAwaited(
  world: World,
  awaited: (Decision & { type: 'await' })['for'],
  from: number,
  until: number,
): { outlet: string; at: number } | undefined {
  for (const event of world.happens) {
    const at = Date.parse(event.at);
    const met =
      at > from && at < until ? awaited.find((a) => matchesTrigger(a.on, { type: 'event', event })) : undefined;
    if (met) return { outlet: met.outlet, at };
  }
  return undefined;
}
