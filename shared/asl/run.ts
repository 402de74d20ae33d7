/**
 * One step of one execution: the state kinds work through this. It moves frames, writes events and collects effects;
 * it reads no clock and draws no randomness but the execution's own.
 *
 * How events point back (`previousEventId`), as recorded from AWS: an event points to the last one of its own branch
 * (frame.last); a failed query points to what came before the state was entered, except in a Wait; the closing event of
 * a stopped or timed-out execution points to 0.
 */
import { EXECUTION_STARTED, EXECUTION_SUCCEEDED, type StartFacts } from './execution-events.ts';
import { failAgain, failState } from './failing.ts';
import { dataLimitFailure, type Failure, StateFailure } from './failure.ts';
import { type EventForm, Journal, told } from './journal.ts';
import { bytesAtMost, type Json, MAX_PAYLOAD_BYTES } from './json.ts';
import { type Machine, type State, stateAt } from './machine.ts';
import { PartChanges } from './part-changes.ts';
import type { Outcome, QueryLanguage, Scope } from './query/index.ts';
import { type MapItem, StateScope } from './scope.ts';
import { TASK_FAMILIES } from './tasks/index.ts';
import { formatTimestamp } from './time.ts';
import type { ChildFacts, Effect, ExecutionState, ExecutionStatus, Frame, FrameMode, StepResult } from './types.ts';
import { assign } from './variables.ts';
import type { Watch } from './watch.ts';

/** AWS closes an execution whose history would grow beyond this. */
export const MAX_EVENTS = 25_000;

/** Thrown when the next event would be the last one allowed; ends the execution. */
class HistoryFull extends Error {}

const NONE: readonly Effect[] = [];
const NO_FAILURE: Failure = {};

export interface RunOptions {
  /** Whether an activity is there; a task for one that is not fails at once. Where left out, all are. */
  activityExists?: (arn: string) => boolean;
  /** The execution's machine has been deleted: it fails where it would enter another state. */
  machineDeleted?: boolean;
  /** Only where a single state is tested. */
  watch?: Watch;
}

/** A step is first of all what it writes into the history, and in the end what came of it. */
export class Run extends Journal implements StepResult {
  declare readonly machine: Machine;
  declare readonly how: RunOptions;
  declare readonly watch: Watch | undefined;
  declare applied: boolean;
  /** Absent while the step has not to do with a distributed Map. */
  declare partChanges: PartChanges | undefined;
  private declare handedOut: Effect[] | undefined;
  /** The payload last looked at, and no fewer bytes than its text has. */
  private declare weighed: Json | undefined;
  private declare weight: number;
  /** What is ready before all others; in the document's own list only once the step is over, or something comes before it. */
  private declare front: Frame | undefined;

  constructor(machine: Machine, state: ExecutionState, now: number, how: RunOptions) {
    super(state, now);
    this.machine = machine;
    this.how = how;
    this.watch = how.watch;
    this.applied = true;
    this.partChanges = undefined;
    this.handedOut = undefined;
    this.weighed = undefined;
    this.weight = 0;
    this.front = undefined;
  }

  /** The next frame to move, or undefined when all have to wait. */
  takeReady(): Frame | undefined {
    const { front, state } = this;
    if (front !== undefined) {
      this.front = undefined;
      this.touch(front);
      return front;
    }
    while (state.ready.length > 0) {
      const frame = state.frames[state.ready.shift() as number];
      if (frame) {
        this.touch(frame);
        return frame;
      }
    }
    return undefined;
  }

  /** What is to be done, in order. */
  get effects(): readonly Effect[] {
    return this.handedOut ?? NONE;
  }

  get nowText(): string {
    return formatTimestamp(this.now);
  }

  // Reading

  stateOf(frame: Frame): State {
    return stateAt(this.machine, frame.path, frame.state);
  }

  scope(frame: Frame, state: State, item?: MapItem): Scope {
    return new StateScope(this, frame, state, item);
  }

  /** Whether a payload is over the limit. What a frame was entered with is not looked at again. */
  isTooLarge(frame: Frame, value: Json): boolean {
    if (value === frame.input && frame.most !== undefined) return false;
    if (value !== this.weighed) this.weigh(value, bytesAtMost(value));
    return this.weight > MAX_PAYLOAD_BYTES;
  }

  private weigh(value: Json, most: number): void {
    this.weighed = value;
    this.weight = most;
  }

  /** What happens to the parts of distributed Maps. */
  changeParts(): PartChanges {
    this.partChanges ??= new PartChanges();
    return this.partChanges;
  }

  /** A frame is changed, or removed. */
  touch(frame: Frame): void {
    if (frame.quiet !== undefined) this.changeParts().frames.add(frame.id);
  }

  // Writing

  /** The event of the execution's beginning. */
  begin(facts: StartFacts, input: Json): void {
    this.add(1, EXECUTION_STARTED, 0, facts, input);
  }

  /** Writes an event after the frame's last one; the next one will point to it. */
  emit<A = undefined, B = undefined>(frame: Frame, form: EventForm<A, B>, a?: A, b?: B): number {
    const id = this.write(frame, form, frame.last, a, b);
    frame.last = id;
    return id;
  }

  /** Writes an event that points to `previous`, and which the frame's next one does not point to. */
  write<A, B>(frame: Frame, form: EventForm<A, B>, previous: number, a?: A, b?: B): number {
    if (frame.quiet !== undefined) {
      this.touch(frame);
      const host = this.state.frames[frame.quiet];
      if (host) return this.writeChild(host, form, previous, a, b);
    }
    if (this.state.events >= MAX_EVENTS - 1) throw new HistoryFull();
    const id = ++this.state.events;
    this.add(id, form, previous, a as A, b as B);
    return id;
  }

  /** Writes an event into the history of a distributed Map's child, whose first frame `host` is. */
  writeChild<A, B>(host: Frame, form: EventForm<A, B>, previous: number, a?: A, b?: B): number {
    const id = (host.quietEvents ?? 0) + 1;
    host.quietEvents = id;
    this.touch(host);
    if (host.child) this.child(host).journal.add(id, form, previous, a as A, b as B);
    return id;
  }

  /** What is told of a distributed Map's child with the results of this step. */
  child(host: Frame): ChildFacts {
    const { arn = '' } = host.child ?? {};
    const { children } = this.changeParts();
    let facts = children.get(arn);
    if (!facts) {
      facts = { arn, journal: new Journal(this.state, this.now) };
      children.set(arn, facts);
    }
    return facts;
  }

  /** The execution that a frame belongs to: a child of a distributed Map, or the one this document is of. */
  executionArn(frame: Frame): string {
    const host = frame.quiet === undefined ? undefined : this.state.frames[frame.quiet];
    return host?.child?.arn ?? this.state.execution.Id;
  }

  // Moving

  /** Puts a frame at the front: a branch goes on until it has to wait. */
  makeReady(frame: Frame, mode: FrameMode): void {
    frame.mode = mode;
    frame.due = undefined;
    this.touch(frame);
    this.keepFront();
    this.front = frame;
  }

  /** Puts a frame behind all that are ready. */
  queue(frame: Frame): void {
    this.touch(frame);
    if (this.front === undefined && this.state.ready.length === 0) this.front = frame;
    else this.state.ready.push(frame.id);
  }

  /** It has nothing to go on with any more. */
  unready(frame: Frame): void {
    if (this.front === frame) this.front = undefined;
    const at = this.state.ready.indexOf(frame.id);
    if (at >= 0) this.state.ready.splice(at, 1);
  }

  /** Writes into the document what was to be moved next. */
  keepFront(): void {
    if (this.front === undefined) return;
    this.state.ready.unshift(this.front.id);
    this.front = undefined;
  }

  /** Puts new parts at the front, in their order. */
  schedule(parts: Frame[]): void {
    this.keepFront();
    this.state.ready.unshift(...parts.map((part) => part.id));
  }

  enter(frame: Frame, state: State): void {
    if (this.how.machineDeleted) {
      this.endForDeletion(frame);
      return;
    }
    frame.prior = frame.last;
    frame.enteredAt = this.now;
    frame.retries = undefined;
    frame.retryCount = undefined;
    frame.task = undefined;
    frame.entered = this.emit(frame, state.entered, frame.input);
    state.kind.begin(this, frame, state);
  }

  /**
   * Leaves a state as its own fields say; `result`: what it came to, if anything. `last`: the event that what follows
   * points to, unless there is something wrong with the outcome.
   */
  leave(frame: Frame, state: State, result: Json | undefined, last = frame.last): void {
    const { query } = state;
    let outcome: Outcome;
    if (query.direct && this.watch === undefined) {
      outcome = { output: result === undefined ? frame.input : this.placed(frame, query, result) };
    } else {
      const scope = this.scope(frame, state);
      outcome = query.outcome(scope, query.input(scope), result);
    }
    frame.last = last;
    this.finish(frame, state, outcome, state.next);
  }

  /** A result where it belongs. What was known of both tells what can be known of it: few are looked at as a whole. */
  private placed(frame: Frame, query: QueryLanguage, result: Json): Json {
    const { input, most } = frame;
    const output = query.place(input, result);
    if (output !== result && result === this.weighed && most !== undefined) {
      const sum = most + this.weight + query.placing;
      if (sum <= MAX_PAYLOAD_BYTES) this.weigh(output, sum);
    }
    return output;
  }

  /** Leaves a state with its outcome: to `next`, or out of its machine. */
  finish(frame: Frame, state: State, { output, assigned }: Outcome, next: string | undefined): void {
    if (this.isTooLarge(frame, output)) throw dataLimitFailure(state.name);
    const most = output === this.weighed ? this.weight : frame.most;
    const texts =
      assigned && Object.keys(assigned).length > 0 ? assign(this.state, frame, assigned, state.name) : undefined;
    this.emit(frame, state.exited, output, texts);
    frame.task = undefined;
    frame.undone = undefined;
    if (next === undefined) {
      this.complete(frame, output);
      return;
    }
    if (state.following !== undefined && next === state.next) this.machine.last = state.following;
    frame.state = next;
    frame.input = output;
    frame.most = most;
    this.makeReady(frame, 'enter');
  }

  private complete(frame: Frame, output: Json): void {
    const parent = frame.parent === undefined ? undefined : this.state.frames[frame.parent];
    if (!parent) {
      this.end('SUCCEEDED', EXECUTION_SUCCEEDED, frame.last, NO_FAILURE, output);
      this.state.output = output;
      return;
    }
    this.touch(frame);
    this.touch(parent);
    delete this.state.frames[frame.id];
    const state = this.stateOf(parent);
    this.guard(parent, () => state.kind.partDone?.(this, parent, state, frame, output));
  }

  // Tasks

  /** A task is ready to be handed out: after what else is ready now, so that branches begin side by side. */
  handOut(frame: Frame): void {
    frame.mode = 'started';
    this.queue(frame);
  }

  started(frame: Frame): void {
    const task = frame.task;
    if (!task) return;
    frame.mode = 'task';
    const form = TASK_FAMILIES[task.resource.family].started;
    if (form) this.emit(frame, form, task);
    if (this.handedOut) this.handedOut.push(task);
    else this.handedOut = [task];
  }

  // Failing

  /** Runs something that belongs to a frame's state; what it throws makes that state fail. */
  guard(frame: Frame, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.caught(frame, error);
    }
  }

  /** What was thrown makes a frame's state fail; mistakes of ours are thrown on. */
  caught(frame: Frame, error: unknown): void {
    if (error instanceof HistoryFull) this.historyFull();
    else if (error instanceof StateFailure) this.fail(frame, this.told(frame, error));
    else throw error;
  }

  private told(frame: Frame, { failure, located }: StateFailure): Failure {
    if (!located || this.watch) return failure;
    const place = `An error occurred while executing the state '${frame.state}' (entered at the event id #${frame.entered}).`;
    return { ...failure, cause: `${place} ${failure.cause ?? ''}` };
  }

  /** A state has failed: retry it, catch it, or let its machine fail. */
  fail(frame: Frame, failure: Failure, how: { fromPart?: boolean } = {}): void {
    try {
      failState(this, frame, failure, how.fromPart ?? false);
    } catch (error) {
      if (error instanceof HistoryFull) this.historyFull();
      else if (error instanceof StateFailure) failAgain(this, frame, this.told(frame, error));
      else throw error;
    }
  }

  // Ending

  /** Closes the execution with its last event. */
  end<A>(status: ExecutionStatus, form: EventForm<A>, previous: number, failure = NO_FAILURE, a?: A): void {
    const { state } = this;
    this.add(++state.events, form, previous, a as A, undefined);
    state.status = status;
    if (failure.error !== undefined) state.error = failure.error;
    if (failure.cause !== undefined) state.cause = failure.cause;
    state.ready = [];
    this.front = undefined;
    this.handedOut = undefined;
    state.deadline = undefined;
    // A failed execution can be redriven: where it stood is kept.
    if (status === 'SUCCEEDED') state.frames = {};
    else {
      if (this.state.nextFrame > 1) this.changeParts().all = true;
      for (const frame of Object.values(state.frames)) {
        frame.due = undefined;
        if (!frame.join) continue;
        const at = this.stateOf(frame);
        at.kind.stopped?.(this, frame, at);
      }
    }
  }

  /** AWS: what runs of a deleted machine ends with its next transition. */
  private endForDeletion(frame: Frame): void {
    const failure = {
      error: 'States.Runtime',
      cause: `State machine ${this.state.machine.Name} has been deleted.`,
    };
    this.end('FAILED', told('ExecutionFailed', failure), frame.last, failure);
  }

  private historyFull(): void {
    if (this.state.status !== 'RUNNING') return;
    const failure = {
      error: 'States.Runtime',
      cause: `The execution reached the maximum number of history events (${MAX_EVENTS}).`,
    };
    this.end('FAILED', told('ExecutionFailed', failure), this.state.events, failure);
  }
}
