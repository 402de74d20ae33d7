/**
 * The five lanes, laid out around their cards. A node's `position.y` counts from the top of its lane, so a lane that
 * grows moves those below it without changing the document. Documents drawn elsewhere may count from the top of the
 * canvas; a lane whose cards all stand far down is then read from its highest card on.
 */
import type { Journey, JourneyNode } from '../../../shared/journey/index.ts';
import { STAGES, type Stage } from '../../../shared/stages.ts';
import type { Voice } from '../api/use-names.ts';
import { cardOf, PORT_Y } from './card-model.ts';

const PAD = 26;
const EMPTY = 88;
const LEAST = 124;
const FAR = 200;

export interface Lane {
  readonly stage: Stage;
  readonly top: number;
  readonly height: number;
  /** The `position.y` that stands at the top of the lane's content. */
  readonly origin: number;
}

/** Lanes from top to bottom, together at least `fill` high: what the window has to spare is shared among them. */
export function lanesOf(journey: Journey, voice: Voice, fill = 0): readonly Lane[] {
  const natural = naturalLanes(journey, voice);
  const total = natural.reduce((sum, lane) => sum + lane.height, 0);
  const spare = Math.max(0, fill - total) / natural.length;
  let top = 0;
  return natural.map((lane) => {
    const placed = { ...lane, top, height: lane.height + spare };
    top += placed.height;
    return placed;
  });
}

function naturalLanes(journey: Journey, voice: Voice): readonly Omit<Lane, 'top'>[] {
  return STAGES.map((stage) => {
    const nodes = journey.nodes.filter((n) => n.stage === stage);
    const least = Math.min(...nodes.map((n) => n.position.y));
    const origin = nodes.length > 0 && (least > FAR || least < 0) ? least : 0;
    const bottom = Math.max(0, ...nodes.map((n) => n.position.y - origin + cardOf(n, voice).height));
    const height = nodes.length === 0 ? EMPTY : Math.max(LEAST, PAD + bottom + PAD);
    return { stage, height, origin };
  });
}

export const laneOf = (lanes: readonly Lane[], stage: Stage): Lane => lanes.find((l) => l.stage === stage) as Lane;

/** Where a node stands on the canvas. */
export function placeOf(node: JourneyNode, lanes: readonly Lane[]): { x: number; y: number } {
  const lane = laneOf(lanes, node.stage);
  return { x: node.position.x, y: lane.top + PAD + node.position.y - lane.origin };
}

/** The lane at a height of the canvas; above the first and below the last it is these. */
export function laneAt(lanes: readonly Lane[], y: number): Lane {
  const hit = lanes.find((l) => y < l.top + l.height);
  return (hit ?? lanes.at(-1)) as Lane;
}

/** Where a card stands as the document says it: its lane, and its position in that lane. */
export interface Standing {
  readonly stage: Stage;
  readonly position: { readonly x: number; readonly y: number };
}

/** A card's top left corner on the canvas as a standing; the height of its title says in which lane it is. */
export function standingAt(lanes: readonly Lane[], point: { x: number; y: number }): Standing {
  const lane = laneAt(lanes, point.y + PORT_Y);
  const y = Math.max(0, point.y - lane.top - PAD);
  return { stage: lane.stage, position: { x: Math.round(point.x), y: Math.round(y + lane.origin) } };
}
