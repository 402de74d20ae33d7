import type { CustomerEvent } from '../events/index.ts';
import type { Trigger } from '../journey/triggers/index.ts';
import type { TagHeld } from '../profile/index.ts';
import type { Stage } from '../stages.ts';
import type { TaskState } from '../tasks/index.ts';

/** All that a decision may look at. Gathered by functions/steps at the moment of the step; nothing else is read. */
export interface Facts {
  /** ISO 8601, UTC. */
  readonly now: string;
  /** IANA zone of the customer, else of the tenant. */
  readonly zone: string;
  readonly customer: {
    readonly id: string;
    readonly traits: Readonly<Record<string, unknown>>;
    readonly tags: Readonly<Record<string, TagHeld>>;
    /** By id: the segments she is in. */
    readonly segments: Readonly<Record<string, TagHeld>>;
    readonly stage?: Stage;
  };
  readonly enrolment: {
    readonly id: string;
    readonly journey: string;
    readonly version: number;
    readonly enteredAt: string;
    /** What let her in: the event (with its properties) or the tag. */
    readonly cause: EntryCause;
  };
  /** When the node at hand was entered, ISO 8601, UTC. */
  readonly nodeEnteredAt: string;
  readonly nodeId: string;
  /** The kept events that the kind's eventNeeds() asked for, oldest first. */
  readonly events: readonly CustomerEvent[];
  /** For kinds that need `task`: the one that this visit has put already. */
  readonly task?: { readonly state: TaskState };
}

export interface EntryCause {
  readonly type: Trigger['type'] | 'manual';
  /** Event name, tag key or segment id; of what begins by time the schedule, or the trait that gives the date. */
  readonly name: string;
  /** messageId of the event, or of the event behind the tag change; absent when time alone caused it. */
  readonly messageId?: string;
  readonly at: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}
