import type { Failure } from '../failure.ts';
import type { EventForm } from '../journal.ts';
import type { Json } from '../json.ts';
import type { PendingTask } from '../types.ts';

/** What else the event of handing out work tells. */
export interface Scheduling {
  timeout?: number | undefined;
  heartbeat?: number | undefined;
  /** The role that the state's Credentials name. */
  roleArn?: string | undefined;
}

/** Which history events a kind of task leaves; those that AWS does not write are absent. */
export interface TaskFamily {
  /** Its answer never is a state's data as a whole, so no limit is put on it. */
  readonly unbounded?: true;
  /** Named in the cause when a result is too large. */
  label(task: PendingTask): string;
  scheduled?: EventForm<PendingTask, Scheduling>;
  /** Written when the work is handed out; activities write theirs when a worker takes it. */
  started?: EventForm<PendingTask>;
  /** With the worker's name. */
  taken?: EventForm<PendingTask, string | undefined>;
  submitted?: EventForm<PendingTask, Json>;
  succeeded?: EventForm<PendingTask, Json>;
  failed: EventForm<PendingTask, Failure>;
  timedOut?: EventForm<PendingTask, Failure>;
}
