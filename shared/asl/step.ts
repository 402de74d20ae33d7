/**
 * The interpreter: `start` makes an execution, `step` tells it what happened. Both run it as far as it goes without
 * waiting, and say what was written (events) and what is to be done (effects). No promises, no timers, no clock.
 *
 * The state handed in is taken over and changed; keep a copy (it is plain JSON) if the old one is still needed.
 */

import type { StartFacts } from './execution-events.ts';
import { dataLimitFailure, StateFailure } from './failure.ts';
import { type Beginning, freshState } from './fresh-state.ts';
import { told } from './journal.ts';
import type { Json } from './json.ts';
import type { Machine } from './machine.ts';
import { redrive } from './redrive.ts';
import { Run, type RunOptions } from './run.ts';
import type { TaskFamily } from './tasks/define-task-family.ts';
import { TASK_FAMILIES } from './tasks/index.ts';
import type { Effect, ExecutionState, Frame, PendingTask, StepResult, Stimulus } from './types.ts';

export interface StartOptions extends Beginning, StartFacts {}

export interface StepOptions extends RunOptions {
  /** At most so many moves, then `step` with `continue`. */
  limit?: number;
}

const ALL: StepOptions = {};

/** Begins an execution at `now`. */
export function start(machine: Machine, options: StartOptions, now: number, how = ALL): StepResult {
  const state = freshState(options, { path: '', state: machine.root.startAt }, now);
  if (machine.timeoutSeconds !== undefined) state.deadline = now + machine.timeoutSeconds * 1000;
  const run = new Run(machine, state, now, how);
  run.begin(options, options.input);
  return proceed(run, how.limit);
}

/** Tells a running execution what happened at `now`. */
export function step(machine: Machine, state: ExecutionState, stimulus: Stimulus, now: number, how = ALL): StepResult {
  const run = new Run(machine, state, now, how);
  run.applied = apply(run, stimulus);
  if (!run.applied) return run;
  return proceed(run, how.limit);
}

/** The next moment at which an execution wants a `time` stimulus; undefined while it only waits for answers. */
export function nextDue(state: ExecutionState): number | undefined {
  if (state.status !== 'RUNNING') return undefined;
  let due = state.deadline;
  if (state.nextFrame === 1) return soonest(due, state.frames[0]);
  for (const frame of framesOf(state)) due = soonest(due, frame);
  return due;
}

function soonest(due: number | undefined, frame: Frame | undefined): number | undefined {
  if (frame === undefined) return due;
  let least = earlier(due, frame.due);
  if (frame.task && (frame.mode === 'task' || frame.mode === 'started')) {
    least = earlier(earlier(least, frame.task.timeoutAt), frame.task.heartbeatAt);
  }
  return least;
}

const earlier = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

/** The calls that were handed out and have not been answered, or one of them: to be made again after a crash. */
export function openCalls(state: ExecutionState, ticket?: number): Effect[] {
  if (state.status !== 'RUNNING') return [];
  return Object.values(state.frames)
    .filter(({ mode, task }) => mode === 'task' && task && !task.submitted)
    .map(({ task }) => task as PendingTask)
    .filter((task) => ticket === undefined || task.ticket === ticket);
}

/** Most executions have one frame only, for which a list of all would be the most costly part of a step. */
function framesOf({ frames, nextFrame }: ExecutionState): Frame[] {
  if (nextFrame > 1) return Object.values(frames);
  return frames[0] ? [frames[0]] : [];
}

function proceed(run: Run, limit = Number.POSITIVE_INFINITY): StepResult {
  const { state } = run;
  for (let moves = limit; moves > 0 && state.status === 'RUNNING'; moves--) {
    const frame = run.takeReady();
    if (frame === undefined) break;
    try {
      move(run, frame);
    } catch (error) {
      run.caught(frame, error);
    }
  }
  run.keepFront();
  return run;
}

function move(run: Run, frame: Frame): void {
  const state = run.stateOf(frame);
  switch (frame.mode) {
    case 'enter':
      run.enter(frame, state);
      return;
    case 'retry':
      state.kind.begin(run, frame, state);
      return;
    case 'resume':
      state.kind.resume?.(run, frame, state);
      return;
    case 'started':
      run.started(frame);
      return;
    case 'failing': {
      const failure = frame.failure ?? {};
      frame.failure = undefined;
      throw new StateFailure(failure);
    }
    default:
      throw new Error(`A frame that is ${frame.mode} cannot be moved`);
  }
}

function apply(run: Run, stimulus: Stimulus): boolean {
  const { state } = run;
  if (stimulus.kind === 'redrive') return redrive(run);
  if (state.status !== 'RUNNING') return false;
  switch (stimulus.kind) {
    case 'continue':
      return true;
    case 'time':
      return fireTimers(run);
    case 'updateMapRun':
      return updateMapRun(run, stimulus);
    case 'stop': {
      const { error, cause } = stimulus;
      const failure = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
      run.end('ABORTED', told('ExecutionAborted', failure), 0, failure);
      return true;
    }
    default:
      return answer(run, stimulus);
  }
}

type Answer = Extract<Stimulus, { ticket: number }>;

/** An answer to a task. One that nobody waits for any more changes nothing. */
function answer(run: Run, stimulus: Answer): boolean {
  const frame = frameOfTask(run.state, stimulus.ticket);
  const task = frame?.task;
  if (!frame || !task) return false;
  run.touch(frame);
  const family: TaskFamily = TASK_FAMILIES[task.resource.family];
  switch (stimulus.kind) {
    case 'heartbeat':
      if (task.heartbeatMs !== undefined) task.heartbeatAt = run.now + task.heartbeatMs;
      return true;
    case 'taskTaken': {
      if (task.submitted) return false;
      task.submitted = true;
      if (family.taken) run.emit(frame, family.taken, task, stimulus.workerName);
      return true;
    }
    case 'taskSubmitted': {
      if (task.submitted) return false;
      task.submitted = true;
      if (family.submitted) run.emit(frame, family.submitted, task, stimulus.output);
      return true;
    }
    case 'taskSucceeded':
      try {
        const state = run.stateOf(frame);
        if (!family.unbounded) tellAnswer(run, frame, task, family, stimulus.output);
        state.kind.answered?.(run, frame, state, stimulus.output);
      } catch (error) {
        run.caught(frame, error);
      }
      return true;
    case 'taskFailed':
      run.guard(frame, () => {
        const { error, cause } = stimulus;
        const failure = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
        run.emit(frame, family.failed, task, failure);
        const state = run.stateOf(frame);
        state.kind.callFailed?.(run, frame, state);
        throw new StateFailure(failure);
      });
      return true;
  }
}

/** Writes that a task was answered. Throws StateFailure for an answer over the limit. */
function tellAnswer(run: Run, frame: Frame, task: PendingTask, family: TaskFamily, output: Json): void {
  if (run.isTooLarge(frame, output)) {
    const failure = dataLimitFailure(family.label(task));
    run.emit(frame, family.failed, task, failure.failure);
    throw failure;
  }
  if (family.succeeded) run.emit(frame, family.succeeded, task, output);
}

function frameOfTask(state: ExecutionState, ticket: number): Frame | undefined {
  if (state.nextFrame === 1) return awaits(state.frames[0], ticket) ? state.frames[0] : undefined;
  return Object.values(state.frames).find((frame) => awaits(frame, ticket));
}

const awaits = (frame: Frame | undefined, ticket: number): boolean =>
  frame?.task?.ticket === ticket && frame.mode === 'task';

/** Fires all that is due: first every timeout's own event, then what follows from them. */
function fireTimers(run: Run): boolean {
  const { state, now } = run;
  if (state.deadline !== undefined && state.deadline <= now) {
    // The event names the error; the execution itself shows none (AWS).
    run.end('TIMED_OUT', told('ExecutionTimedOut', { error: 'States.Timeout' }), 0);
    return true;
  }
  if (state.nextFrame === 1) {
    const frame = state.frames[0];
    const at = frame && dueAt(frame);
    if (!frame || at === undefined || at > now) return false;
    fire(run, frame);
    return true;
  }
  const due: { at: number; frame: Frame }[] = [];
  for (const frame of framesOf(state)) {
    const at = dueAt(frame);
    if (at !== undefined && at <= now) due.push({ at, frame });
  }
  if (due.length > 1) due.sort((a, b) => a.at - b.at || a.frame.id - b.frame.id);
  for (const { frame } of due) fire(run, frame);
  return due.length > 0;
}

/** When a frame's own wait, or else the time of its task, is over. */
function dueAt({ due, mode, task }: Frame): number | undefined {
  if (due !== undefined) return due;
  if (task === undefined || mode !== 'task') return undefined;
  const { timeoutAt, heartbeatAt } = task;
  if (timeoutAt === undefined) return heartbeatAt;
  return heartbeatAt === undefined ? timeoutAt : Math.min(timeoutAt, heartbeatAt);
}

/** A frame's moment has come. */
function fire(run: Run, frame: Frame): void {
  const { task } = frame;
  if (frame.due !== undefined) {
    frame.mode = frame.mode === 'wait' ? 'resume' : 'retry';
    frame.due = undefined;
  } else if (task) {
    const { timeoutAt = Number.POSITIVE_INFINITY, heartbeatAt = Number.POSITIVE_INFINITY } = task;
    const failure = { error: 'States.Timeout' };
    const form = TASK_FAMILIES[task.resource.family].timedOut;
    if (form) run.guard(frame, () => run.emit(frame, form, task, failure));
    frame.mode = 'failing';
    frame.failure = heartbeatAt < timeoutAt ? { ...failure, heartbeat: true } : failure;
  }
  run.queue(frame);
}

/** New limits for a Map Run. False when it is not (or no longer) under way. */
function updateMapRun(run: Run, update: Extract<Stimulus, { kind: 'updateMapRun' }>): boolean {
  const frame = Object.values(run.state.frames).find((one) => one.join?.mapRun?.arn === update.arn);
  if (!frame?.join) return false;
  if (update.maxConcurrency !== undefined) frame.join.wanted = update.maxConcurrency;
  frame.join.tolerate = { ...frame.join.tolerate, ...update.tolerate };
  run.touch(frame);
  const state = run.stateOf(frame);
  run.guard(frame, () => state.kind.changed?.(run, frame, state));
  return true;
}
