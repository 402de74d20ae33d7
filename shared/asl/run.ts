/**
 * One step of one execution: the state kinds work through this. It moves frames, writes events and collects effects;
 * it reads no clock and draws no randomness but the execution's own.
 *
 * How events point back (`previousEventId`), as recorded from AWS: an event points to the last one of its own branch
 * (frame.last); a failed query points to what came before the state was entered, except in a Wait; the closing event of
 * a stopped or timed-out execution points to 0.
 */
import { failState, propagate, tellFailedQuery } from './failing.ts';
import { dataLimitFailure, type Failure, StateFailure } from './failure.ts';
import { exceedsPayloadLimit, type Json, MAX_PAYLOAD_BYTES } from './json.ts';
import type { Machine, State } from './machine.ts';
import type { Outcome, Scope } from './query/index.ts';
import { type MapItem, StateScope } from './scope.ts';
import { type EventBody, NOT_TRUNCATED } from './tasks/define-task-family.ts';
import { TASK_FAMILIES } from './tasks/index.ts';
import { formatTimestamp } from './time.ts';
import type {
  ChildFacts,
  Effect,
  ExecutionState,
  ExecutionStatus,
  Frame,
  FrameMode,
  HistoryEvent,
  MapRunFacts,
} from './types.ts';
import { assign } from './variables.ts';
import type { Watch } from './watch.ts';

/** AWS closes an execution whose history would grow beyond this. */
export const MAX_EVENTS = 25_000;

/** Thrown when the next event would be the last one allowed; ends the execution. */
class HistoryFull extends Error {}

interface Part {
  path: string;
  slot: number;
  input: Json;
  last: number;
  item?: { index: number; value: Json };
  /** The part writes no events into this history: it is an execution of its own on AWS. */
  quiet?: boolean;
}

/** The last text of the execution that was last stepped. Values are never changed once they are in an execution. */
const recent: { state: ExecutionState | undefined; value: Json | undefined; text: string } = {
  state: undefined,
  value: undefined,
  text: '',
};

export class Run {
  readonly machine: Machine;
  readonly state: ExecutionState;
  readonly now: number;
  readonly activityExists: (arn: string) => boolean;
  /** Only where a single state is tested. */
  readonly watch: Watch | undefined;
  readonly events: HistoryEvent[] = [];
  readonly effects: Effect[] = [];
  machineDeleted = false;
  /** By ARN: how distributed Maps, and their children, stand after this step. */
  mapRuns: Map<string, MapRunFacts> | undefined;
  children: Map<string, ChildFacts> | undefined;
  private lastValue: Json | undefined;
  private lastText = '';
  private lastState: State | undefined;

  constructor(
    machine: Machine,
    state: ExecutionState,
    now: number,
    activityExists: (arn: string) => boolean = () => true,
    watch?: Watch,
  ) {
    this.watch = watch;
    this.activityExists = activityExists;
    this.machine = machine;
    this.state = state;
    this.now = now;
    if (recent.state === state) {
      this.lastValue = recent.value;
      this.lastText = recent.text;
    }
  }

  /** The step is over: what is waited for with one value goes on with it. */
  keepText(): void {
    recent.state = this.state;
    recent.value = this.lastValue;
    recent.text = this.lastText;
  }

  /** The region, from the execution's ARN. */
  get region(): string {
    return this.state.execution.Id.split(':')[3] ?? '';
  }

  get nowText(): string {
    return formatTimestamp(this.now);
  }

  // Reading

  stateOf(frame: Frame): State {
    const last = this.lastState;
    if (last !== undefined && last.name === frame.state && last.path === frame.path) return last;
    const state = this.machine.subs.get(frame.path)?.states.get(frame.state);
    if (!state) throw new Error(`The definition has no state '${frame.state}' at '${frame.path}'`);
    this.lastState = state;
    return state;
  }

  scope(frame: Frame, state: State, item?: MapItem): Scope {
    return new StateScope(this.state, frame, state, this.now, item, this.watch);
  }

  /** JSON text of a value; the last one is kept, since one state's output is the next one's input. */
  textOf(value: Json): string {
    if (value !== this.lastValue) {
      this.lastText = JSON.stringify(value);
      this.lastValue = value;
    }
    return this.lastText;
  }

  /** Fails the state when a payload is over the limit. */
  checkSize(text: string, what: string): void {
    if (text.length * 3 > MAX_PAYLOAD_BYTES && exceedsPayloadLimit(text)) throw dataLimitFailure(what);
  }

  // Writing

  /** Writes an event after the frame's last one (or `previous`); `advance: false` keeps later events pointing there. */
  emit(frame: Frame, body: EventBody, options: { previous?: number; advance?: boolean } = {}): number {
    const previousEventId = options.previous ?? frame.last;
    const host = frame.quiet === undefined ? undefined : this.state.frames[frame.quiet];
    let id: number;
    if (host) id = this.emitChild(host, body, previousEventId);
    else {
      if (this.state.events >= MAX_EVENTS - 1) throw new HistoryFull();
      id = ++this.state.events;
      this.events.push(this.written(body, id, previousEventId));
    }
    if (options.advance !== false) frame.last = id;
    return id;
  }

  /** Writes an event into the history of a distributed Map's child, whose first frame `host` is. */
  emitChild(host: Frame, body: EventBody, previousEventId = host.last): number {
    const id = (host.quietEvents ?? 0) + 1;
    host.quietEvents = id;
    if (host.child) this.child(host).events.push(this.written(body, id, previousEventId));
    return id;
  }

  /** The event of a body, which it takes over: a copy for each would cost more than all else about it. */
  private written(body: EventBody, id: number, previousEventId: number): HistoryEvent {
    const event = body as HistoryEvent;
    event.timestamp = this.now;
    event.id = id;
    event.previousEventId = previousEventId;
    return event;
  }

  /** What is told of a distributed Map's child with the results of this step. */
  child(host: Frame): ChildFacts {
    const { arn = '' } = host.child ?? {};
    this.children ??= new Map();
    let facts = this.children.get(arn);
    if (!facts) {
      facts = { arn, events: [] };
      this.children.set(arn, facts);
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
    this.state.ready.unshift(frame.id);
  }

  /** Puts new parts at the front, in their order. */
  schedule(parts: Frame[]): void {
    this.state.ready.unshift(...parts.map((part) => part.id));
  }

  openPart(parent: Frame, part: Part): Frame {
    const sub = this.machine.subs.get(part.path);
    if (!sub) throw new Error(`The definition has no machine at '${part.path}'`);
    const id = this.state.nextFrame++;
    const frame: Frame = {
      id,
      parent: parent.id,
      slot: part.slot,
      path: part.path,
      state: sub.startAt,
      mode: 'enter',
      input: part.input,
      last: part.quiet ? 0 : part.last,
      entered: 0,
      prior: 0,
      enteredAt: this.now,
    };
    if (part.item) frame.item = part.item;
    if (part.quiet) frame.quiet = id;
    else if (parent.quiet !== undefined) frame.quiet = parent.quiet;
    this.state.frames[id] = frame;
    return frame;
  }

  enter(frame: Frame): void {
    if (this.machineDeleted) {
      this.endForDeletion(frame);
      return;
    }
    const state = this.stateOf(frame);
    frame.prior = frame.last;
    frame.enteredAt = this.now;
    frame.retries = undefined;
    frame.retryCount = undefined;
    frame.task = undefined;
    frame.entered = this.emit(frame, {
      type: state.entered,
      stateEnteredEventDetails: { name: state.name, input: this.textOf(frame.input), inputDetails: NOT_TRUNCATED },
    });
    state.kind.begin(this, frame, state);
  }

  /** Leaves a state with its outcome: to `next`, or out of its machine. */
  finish(frame: Frame, state: State, outcome: Outcome, next: string | undefined): void {
    const output = this.textOf(outcome.output);
    this.checkSize(output, state.name);
    const details: Record<string, unknown> = { name: state.name, output, outputDetails: NOT_TRUNCATED };
    const assigned = outcome.assigned;
    if (assigned && Object.keys(assigned).length > 0) {
      details.assignedVariables = assign(this.state, frame, assigned, state.name);
      details.assignedVariablesDetails = NOT_TRUNCATED;
    }
    this.emit(frame, { type: state.exited, stateExitedEventDetails: details });
    frame.task = undefined;
    frame.undone = undefined;
    if (next === undefined) {
      this.complete(frame, outcome.output);
      return;
    }
    frame.state = next;
    frame.input = outcome.output;
    this.makeReady(frame, 'enter');
  }

  private complete(frame: Frame, output: Json): void {
    const parent = frame.parent === undefined ? undefined : this.state.frames[frame.parent];
    if (!parent) {
      this.end(
        'SUCCEEDED',
        {
          type: 'ExecutionSucceeded',
          executionSucceededEventDetails: { output: this.textOf(output), outputDetails: NOT_TRUNCATED },
        },
        frame.last,
      );
      this.state.output = output;
      return;
    }
    delete this.state.frames[frame.id];
    const state = this.stateOf(parent);
    this.guard(parent, () => state.kind.partDone?.(this, parent, state, frame, output));
  }

  // Tasks

  /** A task is ready to be handed out: after what else is ready now, so that branches begin side by side. */
  handOut(frame: Frame): void {
    frame.mode = 'started';
    this.state.ready.push(frame.id);
  }

  started(frame: Frame): void {
    const task = frame.task;
    if (!task) return;
    frame.mode = 'task';
    const body = TASK_FAMILIES[task.resource.family].started(task);
    if (body) this.emit(frame, body);
    this.effects.push(this.effectOf(frame));
  }

  effectOf(frame: Frame): Effect {
    const task = frame.task as NonNullable<Frame['task']>;
    const { ticket, resource, parameters } = task;
    return { kind: 'invoke', ticket, resource, parameters };
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
      else if (error instanceof StateFailure) {
        const own = tellFailedQuery(this, frame, this.told(frame, error));
        this.watch?.failed(own);
        propagate(this, frame, own);
      } else throw error;
    }
  }

  // Ending

  /** Closes the execution with its last event. */
  end(status: ExecutionStatus, body: EventBody, previous: number, failure: Failure = {}): void {
    const { state } = this;
    state.events++;
    this.events.push(this.written(body, state.events, previous));
    state.status = status;
    if (failure.error !== undefined) state.error = failure.error;
    if (failure.cause !== undefined) state.cause = failure.cause;
    state.ready = [];
    if (state.deadline !== undefined) delete state.deadline;
    // A failed execution can be redriven: where it stood is kept.
    if (status === 'SUCCEEDED') state.frames = {};
    else {
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
    this.end('FAILED', { type: 'ExecutionFailed', executionFailedEventDetails: failure }, frame.last, failure);
  }

  private historyFull(): void {
    if (this.state.status !== 'RUNNING') return;
    const failure = {
      error: 'States.Runtime',
      cause: `The execution reached the maximum number of history events (${MAX_EVENTS}).`,
    };
    this.end('FAILED', { type: 'ExecutionFailed', executionFailedEventDetails: failure }, this.state.events, failure);
  }
}
