import type { Awaited, EntryCause } from '../../../shared/nodes/index.ts';
import type { HadAtEntry } from '../../../shared/reports/index.ts';
import type { Words } from '../../../shared/words.ts';

export type EnrolmentStatus = 'active' | 'completed' | 'goal' | 'exited' | 'failed' | 'stopped';
export type Outcome = Exclude<EnrolmentStatus, 'active'>;

/** A node passed: through which outlet, and when (ISO 8601, UTC). */
export interface Passed {
  readonly outlet: string;
  readonly at: string;
}

/** What brought an end from outside the journey's own way. */
export interface EndCause {
  /** Id of the goal or exit rule. */
  readonly rule?: string;
  readonly type: EntryCause['type'] | 'merge' | 'separation';
  /** Event name, tag key or segment id; who, when by hand; at a merge the passage that goes on; at a separation who went. */
  readonly name: string;
  readonly messageId?: string;
  readonly at: string;
  /** Key of the row that ended it: tells a repeated record from a new one. */
  readonly key?: string;
}

export interface Wait {
  readonly node: string;
  readonly visit: number;
  /** A credential: never logged, never answered by the API. */
  readonly token: string;
  /** When the machine gives up waiting; ISO 8601, UTC. */
  readonly limitAt?: string;
  readonly for: readonly Awaited[];
  /** The task whose outcome is awaited. */
  readonly task?: string;
}

/** A message that waits at a cap until it may go. */
export interface HeldMessage {
  readonly node: string;
  readonly visit: number;
  /** When it was held first; its patience counts from here. */
  readonly since: string;
  /** When it is tried again. */
  readonly until: string;
  readonly reason: string;
  readonly why: Words;
}

/** One customer's one passage through one version of a journey. */
export interface Enrolment {
  readonly id: string;
  /** Counts her passages through this journey, from 1. */
  readonly n: number;
  readonly journey: string;
  readonly version: number;
  readonly customer: string;
  readonly status: EnrolmentStatus;
  readonly enteredAt: string;
  readonly cause: EntryCause;
  /** Key of the row that let her in: tells a repeated record from a new reason. */
  readonly causeKey: string;
  /** What happened up to here (see happened.ts for the order) cannot end it. */
  readonly since: string;
  /** What happened up to here was answered for: it cannot resume a wait once more. */
  readonly seen: string;
  /** How many journeys' effects led to this one. */
  readonly depth: number;
  readonly versionArn: string;
  readonly executionArn: string;
  /** The node she is at, as far as steps have said. */
  readonly at: string | null;
  readonly path: Readonly<Record<string, Passed>>;
  readonly endedAt?: string;
  readonly end?: { readonly outcome: Outcome; readonly reason: string; readonly cause?: EndCause };
  readonly wait?: Wait;
  readonly held?: HeldMessage;
  /** Passages of the same journey that ended when ids were merged: what they have sent is not sent again. */
  readonly absorbed?: readonly { readonly customer: string; readonly id: string }[];
  /** The tags and segments that she had when she came in; not known of passages from before this was kept. */
  readonly had?: HadAtEntry;
  /** Grows by one with every write. */
  readonly rev: number;
}

export const pathKey = (node: string, visit: number): string => `${node}#${visit}`;
export const executionName = (enrolment: string): string => `${enrolment}.1`;
