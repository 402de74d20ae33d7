import { DateTime } from 'luxon';
import type { CustomerEvent } from '../../events/index.ts';
import type { Guard, SegmentDefinition } from '../../tags/index.ts';
import type { Words } from '../../words.ts';
import type { HeldTo, Reached } from '../caps.ts';
import type { Channel } from '../channels/index.ts';

/** A reason why nothing is sent: a stable code for reports, and words for the console. */
export interface Held {
  readonly hold: string;
  readonly words: Words;
  /** The cap that is reached: then it is free again some time. */
  readonly cap?: Reached;
}

/** What the stops look at; gathered at the moment of sending, not of entering. */
export interface SendFacts {
  readonly now: string;
  readonly zone: string;
  readonly enrolment: {
    readonly status: string;
    /** She got it already in a passage that ended when two of her ids were merged. */
    readonly sentBefore: boolean;
  };
  readonly customer: {
    readonly id: string;
    readonly traits: Readonly<Record<string, unknown>>;
    readonly tags: Readonly<Record<string, unknown>>;
  };
  readonly channel: Channel;
  /** What the message is about. */
  readonly topics?: readonly string[];
  /** Tags that exclude topics, in the order of the ruleset, whoever has them. */
  readonly guards?: readonly Guard[];
  /** No cap counts or holds it, and no plan of a segment. */
  readonly transactional: boolean;
  /** The caps that hold for her now. */
  readonly caps: readonly HeldTo[];
  /** When marketing messages were sent to her, newest first. */
  readonly sent: readonly string[];
  /** Journeys that are more important and whose messages to her wait for a place under a cap. */
  readonly ahead: readonly string[];
  /** The segments whose plan counts for her. */
  readonly planned: readonly Pick<SegmentDefinition, 'name' | 'channels'>[];
  /** Kept events of the names in `STOP_EVENTS`, any order. */
  readonly events: readonly StopEvent[];
}

/** What a stop looks at of an event: that it happened, and when. */
export type StopEvent = Pick<CustomerEvent, 'name' | 'at'>;

/** One gate on the way to the customer. Pure; one file each, its place in the order is in index.ts. */
export interface Stop {
  readonly name: string;
  /** The kept events it needs to see. */
  readonly events?: readonly string[];
  readonly check: (facts: SendFacts) => Held | undefined;
  /** That she wants no messages at all, by whatever channel: asked where none is at hand. */
  readonly always?: (
    facts: Pick<SendFacts, 'events' | 'zone'> & { traits: SendFacts['customer']['traits'] },
  ) => boolean;
}

/** Of two kinds of events, is the newest one of the first kind? Equal times: the one that stops wins. */
export function latestIs(
  events: readonly StopEvent[],
  stopping: readonly string[],
  releasing: readonly string[],
): StopEvent | undefined {
  const newest = (names: readonly string[]): StopEvent | undefined =>
    events
      .filter((e) => names.includes(e.name))
      .reduce<StopEvent | undefined>((a, b) => (a && a.at >= b.at ? a : b), undefined);
  const stop = newest(stopping);
  const release = newest(releasing);
  return stop && (!release || stop.at >= release.at) ? stop : undefined;
}

/** The day of an instant where she lives, as the calendar there has it: 2026-03-02. */
export const dayOf = (at: string, zone: string): string => DateTime.fromISO(at, { zone }).toFormat('yyyy-MM-dd');
