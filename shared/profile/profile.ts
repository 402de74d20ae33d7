import type { CustomerEvent } from '../events/index.ts';
import type { Stage } from '../stages.ts';
import type { Words } from '../words.ts';

/** A tag a customer has. */
export interface TagHeld {
  /** ISO 8601, UTC: the exact moment from which it holds. */
  readonly since: string;
  /** When it falls away unless confirmed again (tags with a time to live). */
  readonly until?: string;
  /** Version of the ruleset that gave it. */
  readonly rule: number;
  /** messageIds of the events that made it true, at most 5. */
  readonly evidence: readonly string[];
  readonly manual?: true;
  /** What the rule found, e.g. the product looked at twice. */
  readonly value?: unknown;
}

/** What came in. */
export type ProfileInput =
  | { readonly type: 'event'; readonly event: CustomerEvent }
  | { readonly type: 'time' }
  | {
      readonly type: 'tag';
      readonly op: 'add' | 'remove';
      readonly key: string;
      /** Who, or which enrolment and node. */
      readonly cause: string;
      /** Default `manual`. */
      readonly by?: 'manual' | 'journey';
      readonly depth?: number;
      /** When it was, where it is told again; now without it. ISO 8601, UTC. */
      readonly at?: string;
    }
  | {
      readonly type: 'stage';
      readonly stage: Stage;
      readonly cause: string;
      readonly by?: 'manual' | 'journey';
      readonly depth?: number;
    }
  | { readonly type: 'ruleset' };

export interface Cause {
  readonly messageId?: string;
  readonly eventName?: string;
  readonly by: 'event' | 'time' | 'manual' | 'ruleset' | 'journey' | 'merge';
  readonly ref?: string;
  readonly depth: number;
}

export interface TagChange {
  readonly type: 'tag';
  readonly op: 'added' | 'removed';
  readonly key: string;
  /** The exact moment, ISO 8601, UTC: for changes by time the due moment, not that of the sweep. */
  readonly at: string;
  readonly rule: number;
  readonly evidence: readonly string[];
  readonly why: Words;
  readonly cause: Cause;
  readonly value?: unknown;
}

/** She came to be in a segment, or no longer is. */
export interface SegmentChange extends Omit<TagChange, 'type' | 'op' | 'key' | 'value'> {
  readonly type: 'segment';
  readonly op: 'entered' | 'left';
  /** Its id. */
  readonly segment: string;
}

export interface StageChange {
  readonly type: 'stage';
  readonly from?: Stage;
  readonly to: Stage;
  readonly at: string;
  readonly cause: Cause;
}

export type Change = TagChange | SegmentChange | StageChange;
