/**
 * RedriveExecution: an execution that did not end well goes on where it stood, with the same definition and input and
 * with fresh retry counts. AWS writes ExecutionRedriven and enters the states anew; of a Parallel or Map state it runs
 * only the branches and items that had failed or been stopped.
 *
 * So a state whose parts are stopped keeps them (frame.undone) until somebody retries or catches its failure.
 */
import { told } from './journal.ts';
import type { Run } from './run.ts';
import type { ExecutionState, Frame } from './types.ts';

const REDRIVABLE = new Set(['FAILED', 'ABORTED', 'TIMED_OUT']);

/** The frames below a frame, down to the last. */
export function partsBelow(state: ExecutionState, frame: Frame): Frame[] {
  const below: Frame[] = [];
  for (const part of Object.values(state.frames)) {
    if (part.parent === frame.id) below.push(part, ...partsBelow(state, part));
  }
  return below;
}

/** False when the execution cannot be redriven; then nothing has changed. */
export function redrive(run: Run): boolean {
  const { state } = run;
  const root = state.frames[0];
  if (!REDRIVABLE.has(state.status) || !root) return false;
  state.status = 'RUNNING';
  state.error = undefined;
  state.cause = undefined;
  state.execution.RedriveCount = (state.execution.RedriveCount ?? 0) + 1;
  state.execution.RedriveTime = run.nowText;
  if (run.machine.timeoutSeconds !== undefined) state.deadline = run.now + run.machine.timeoutSeconds * 1000;
  const redriven = run.emit(root, told('ExecutionRedriven', { redriveCount: state.execution.RedriveCount }));
  if (state.nextFrame > 1) run.changeParts().all = true;
  restore(state, root);
  const frames = Object.values(state.frames);
  const parents = new Set(frames.map((frame) => frame.parent));
  for (const frame of frames) {
    if (frame.quiet === undefined) frame.last = redriven;
    if (!parents.has(frame.id)) enterAgain(run, frame);
    else {
      const at = run.stateOf(frame);
      at.kind.redriven?.(run, frame, at);
    }
  }
  return true;
}

/** Brings the stopped parts of a state back. */
function restore(state: ExecutionState, frame: Frame): void {
  const { undone } = frame;
  if (!undone) return;
  frame.undone = undefined;
  frame.mode = 'children';
  frame.join = undone.join;
  for (const part of undone.parts) state.frames[part.id] = part;
  for (const part of undone.parts) restore(state, part);
}

function enterAgain(run: Run, frame: Frame): void {
  frame.task = undefined;
  frame.join = undefined;
  frame.due = undefined;
  frame.failure = undefined;
  frame.mode = 'enter';
  run.queue(frame);
}
