/** What follows when a state has failed: it is tried again, its failure is caught, or what is around it fails, too. */
import type { Failure } from './failure.ts';
import { told } from './journal.ts';
import type { JsonObject } from './json.ts';
import { nextRandom, randomOf } from './random.ts';
import { partsBelow } from './redrive.ts';
import { isUncatchable, matchingEntry, maxAttempts, retryDelay } from './retry.ts';
import type { Run } from './run.ts';
import type { Frame } from './types.ts';

/** Throws StateFailure where handling the failure fails itself. `fromPart`: one of its parts failed, not it. */
export function failState(run: Run, frame: Frame, given: Failure, fromPart: boolean): void {
  const state = run.stateOf(frame);
  const failure = fromPart ? given : tellFailedQuery(run, frame, given);
  const { error, cause } = failure;
  run.watch?.failed(failure);
  const retrier = matchingEntry(state.raw.Retry, failure);
  if (retrier >= 0) {
    run.watch?.handled({ retryIndex: retrier });
    const entry = (state.raw.Retry as JsonObject[])[retrier] as JsonObject;
    const used = frame.retries?.[retrier] ?? 0;
    if (used < maxAttempts(entry)) {
      frame.retries = Array.from(
        { length: (state.raw.Retry as JsonObject[]).length },
        (_, i) => frame.retries?.[i] ?? 0,
      );
      frame.retries[retrier] = used + 1;
      frame.retryCount = (frame.retryCount ?? 0) + 1;
      frame.mode = 'backoff';
      frame.due = run.now + retryDelay(entry, used + 1, () => nextRandom(randomOf(run.state)));
      run.watch?.handled({ retryBackoffIntervalSeconds: Math.round((frame.due - run.now) / 1000) });
      frame.task = undefined;
      frame.undone = undefined;
      return;
    }
  }
  if (!isUncatchable(failure)) state.kind.failed?.(run, frame);
  const catcher = matchingEntry(state.raw.Catch, failure);
  if (catcher >= 0) {
    run.watch?.handled({ catchIndex: catcher });
    const entry = (state.raw.Catch as JsonObject[])[catcher] as JsonObject;
    const output = { Error: error ?? null, Cause: cause ?? null };
    run.finish(frame, state, state.query.caught(run.scope(frame, state), entry, output), entry.Next as string);
    return;
  }
  propagate(run, frame, failure);
}

/** What follows where handling a failure fails itself: nothing catches that; the state fails once more. */
export function failAgain(run: Run, frame: Frame, given: Failure): void {
  const failure = tellFailedQuery(run, frame, given);
  run.watch?.failed(failure);
  if (!isUncatchable(failure)) run.stateOf(frame).kind.failed?.(run, frame);
  propagate(run, frame, failure);
}

/** A failed query is told by an event of its own. */
function tellFailedQuery(run: Run, frame: Frame, failure: Failure): Failure {
  const { evaluation, error, cause } = failure;
  if (!evaluation) return failure;
  const previous = run.stateOf(frame).kind.failedQueryFollowsEntry ? frame.last : frame.prior;
  const details = { error, cause, ...(evaluation.location && { location: evaluation.location }), state: frame.state };
  frame.last = run.write(frame, told('EvaluationFailed', details), previous);
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}

/** The state's machine fails with it: the execution, or a part of the state around it. */
function propagate(run: Run, frame: Frame, failure: Failure): void {
  const parent = frame.parent === undefined ? undefined : run.state.frames[frame.parent];
  const { error, cause } = failure;
  const plain = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  // What cannot be caught ends the execution at once: no state around it is said to have failed.
  const host = isUncatchable(failure) ? hostOf(run, frame) : undefined;
  if (!parent || host === null) {
    run.end('FAILED', told('ExecutionFailed', plain), frame.last, plain);
    return;
  }
  if (host && host !== frame) {
    for (const part of partsBelow(run.state, host)) forget(run, part);
    host.join = undefined;
    host.last = frame.last;
    propagate(run, host, failure);
    return;
  }
  run.touch(parent);
  const state = run.stateOf(parent);
  run.guard(parent, () => state.kind.partFailed?.(run, parent, state, frame, plain));
}

/** The first frame of the execution that a frame belongs to; null for the one that this document is of. */
function hostOf(run: Run, frame: Frame): Frame | null {
  return (frame.quiet !== undefined && run.state.frames[frame.quiet]) || null;
}

/**
 * Ends all parts of a state after one of them failed. AWS writes an aborted event for each open Task, Wait, Parallel
 * and Map state, the failed one included, all pointing to the event of the failure.
 */
export function abortParts(run: Run, parent: Frame, failed: Frame, each?: (part: Frame) => void): void {
  if (parent.join) parent.undone = { join: parent.join, parts: partsBelow(run.state, parent) };
  const open = Object.values(run.state.frames).filter((frame) => frame.parent === parent.id);
  for (const part of open) {
    if (part.id !== failed.id) each?.(part);
    abort(run, part, parent);
  }
}

function abort(run: Run, frame: Frame, parent: Frame): void {
  const state = run.stateOf(frame);
  const { kind } = state;
  kind.stopped?.(run, frame, state);
  if (kind.abortable && frame.entered > 0 && frame.mode !== 'enter' && frame.quiet === parent.quiet) {
    run.write(parent, { type: `${kind.type}StateAborted` }, parent.last);
  }
  for (const part of Object.values(run.state.frames)) if (part.parent === frame.id) abort(run, part, parent);
  forget(run, frame);
}

function forget(run: Run, frame: Frame): void {
  run.touch(frame);
  if (frame.join?.mapRun) run.changeParts().joins.add(frame.id);
  delete run.state.frames[frame.id];
  run.unready(frame);
}
