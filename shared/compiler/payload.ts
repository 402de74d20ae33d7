/**
 * What a compiled machine sends to the step handlers, and what they answer: the contract between machines that may run
 * for a year and handlers that are released every week. `nodeApi` says which contract; handlers accept all that live.
 *
 * Who writes down that a node was passed: each passing of a node is told exactly once,
 *   - by the step itself, when its answer leaves the node at once (`decide`, `perform` without `until`);
 *   - otherwise by `trail` in the next payload: plain waits, waits for an answered instant, awaited things (both the
 *     awaited one and the timed-out outlet), splits.
 * So the await handler, and the decide handler when it answers `until`, write down that she is there, not that she left.
 */

/** A node passed without a step handler's knowing. */
export interface Passed {
  readonly node: string;
  /** From 1; above 1 only on loops. */
  readonly visit: number;
  readonly outlet: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface StepPayload {
  readonly nodeApi: 1;
  readonly journey: string;
  readonly version: number;
  readonly enrolment: string;
  readonly customer: string;
  /** The node to decide or perform; `END_NODE` when the path simply ends. */
  readonly node: string;
  readonly visit: number;
  /** The state's name, as in the history. */
  readonly state: string;
  readonly executionId: string;
  /** When the state was entered, ISO 8601, UTC. */
  readonly enteredAt: string;
  readonly trail: readonly Passed[];
  /** Await handler only: answer it with `{ outlet, at }` (SendTaskSuccess) when the awaited thing happens. */
  readonly token?: string;
  /** Await handler only: when the machine gives up waiting, ISO 8601, UTC. */
  readonly limitAt?: string;
  /** Perform handler only: the path has ended; end the enrolment with this outcome, there is no node to look up. */
  readonly end?: { readonly outcome: 'completed'; readonly reason: string };
  /** Perform handler only: a step failed for good. See `Failure`. */
  readonly failure?: Failure;
}

/**
 * A step failed after all its retries. The state `Failed` calls the perform handler, which
 *   - ends the enrolment as failed and throws `Pergola.Failed` (the execution then fails, visibly, at that state), when
 *     `redrive === failedRedrive`;
 *   - makes the enrolment active again and answers, when `redrive > failedRedrive`: somebody has redriven the execution,
 *     and the machine goes back to the step that failed.
 * (A Fail state would not do: a redriven execution starts again at the state that failed, which would be the Fail state.)
 */
export interface Failure {
  /** State that failed. */
  readonly state: string;
  readonly node: string;
  readonly error: string;
  /** At most 1,000 characters. */
  readonly cause: string;
  /** How often the execution had been redriven when the step failed. */
  readonly failedRedrive: number;
  /** How often it has been redriven now. */
  readonly redrive: number;
}

/**
 * What decide and perform answer. `until` (ISO 8601, UTC) when the kind's decide said so, and of a node that is compiled
 * to perform patiently, when nothing was done yet and it is to be called again then (the same visit; `enteredAt` is anew).
 */
export interface StepAnswer {
  readonly outlet: string;
  readonly until?: string;
}

/** What SendTaskSuccess carries for an awaited node: the outlet of the awaited thing, and when it happened. */
export interface AwaitAnswer {
  readonly outlet: string;
  readonly at: string;
}

/** The node id of a path that simply ends. */
export const END_NODE = 'end';

/** Thrown by a step that finds the enrolment ended: the execution ends quietly at `Ended`. */
export const ENDED_ERROR = 'Pergola.Ended';
/** Thrown by the perform handler at the state `Failed`. */
export const FAILED_ERROR = 'Pergola.Failed';

/** The input of an execution: nothing personal. */
export interface ExecutionInput {
  readonly enrolment: string;
  readonly customer: string;
  readonly journey: string;
  readonly version: number;
  /** The node through which she came in. */
  readonly entry: string;
}
