import type { Facts } from '../../shared/nodes/index.ts';
import type { JourneyVersion } from '../ports/journeys/index.ts';

export interface Onward {
  /** The node at which she stands next; null when the path ends. */
  readonly at: string | null;
  /** The node left, and those passed behind it in the same instant, in order. */
  readonly passed: readonly { node: string; visit: number; outlet: string; at: string }[];
}

/** Who goes on; enough for nodes that look at ids only. */
export interface Walker {
  readonly customer: string;
  readonly enrolment: Facts['enrolment'];
}

/**
 * Where she stands after leaving a node at an instant: behind the nodes that the machine passes at once without asking
 * anybody (a split). They look at ids only, so their own decide() says the same here; the next step's trail will tell of
 * them again, which changes nothing. On a loop the number of the visit is the machine's to know: there it stops.
 */
export function onward(
  { map, graph }: Pick<JourneyVersion, 'map' | 'graph'>,
  left: { readonly node: string; readonly visit: number; readonly outlet: string; readonly at: string },
  walker: Walker,
): Onward {
  const { at } = left;
  const passed = [left];
  let next = map.next[left.node]?.[left.outlet] ?? null;
  while (next !== null && map.passing[next] === 'instant' && !graph.onLoop(next)) {
    const { kind, config } = graph.node(next)!;
    const decision = kind.decide?.(config, idsOnly(walker, next, at));
    if (decision?.type !== 'go') break;
    passed.push({ node: next, visit: 1, outlet: decision.outlet, at });
    next = map.next[next]?.[decision.outlet] ?? null;
  }
  return { at: next, passed };
}

const idsOnly = ({ customer, enrolment }: Walker, nodeId: string, now: string): Facts => ({
  now,
  zone: 'UTC',
  customer: { id: customer, traits: {}, tags: {}, segments: {} },
  enrolment,
  nodeEnteredAt: now,
  nodeId,
  events: [],
});
