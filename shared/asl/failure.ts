/**
 * What a state fails with. `States.*` names and the texts of causes are AWS's own.
 * `evaluation` marks a failed JSONata query, which leaves an EvaluationFailed event of its own.
 */
export interface Failure {
  error?: string;
  cause?: string;
  /** Set for a States.Timeout of a missed heartbeat: it has a name of its own in Retry and Catch. */
  heartbeat?: true;
  /** Set for a failed JSONata query: the field it stood in, where one is to blame. */
  evaluation?: { location?: string };
}

/** Thrown inside the interpreter by whatever makes the current state fail; never leaves step(). */
export class StateFailure extends Error {
  readonly failure: Failure;
  /** True when the cause is to be told as "An error occurred while executing the state '…' (entered at …). …". */
  readonly located: boolean;
  constructor(failure: Failure, located = false) {
    super(`${failure.error ?? ''}: ${failure.cause ?? ''}`);
    this.name = 'StateFailure';
    this.failure = failure;
    this.located = located;
  }
}

/** A States.Runtime failure; AWS prefixes its cause with the state and its entered event. */
export function runtimeFailure(cause: string): StateFailure {
  return new StateFailure({ error: 'States.Runtime', cause }, true);
}

/** A failed JSONata query: States.QueryEvaluationError. */
export function evaluationFailure(cause: string, location?: string): StateFailure {
  return new StateFailure(
    { error: 'States.QueryEvaluationError', cause, evaluation: location ? { location } : {} },
    true,
  );
}

/** A payload over the limit. `what` is the resource or the state's name. */
export function dataLimitFailure(what: string): StateFailure {
  return new StateFailure({
    error: 'States.DataLimitExceeded',
    cause: `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  });
}
