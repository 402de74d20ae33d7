/** What the expressions of a state can see: its input, the context object, the variables around it. */
import type { Json, JsonObject } from './json.ts';
import type { State } from './machine.ts';
import type { Scope } from './query/index.ts';
import { type RandomState, randomOf } from './random.ts';
import { formatTimestamp } from './time.ts';
import { taskToken } from './token.ts';
import type { ExecutionState, Frame } from './types.ts';
import type { Watch } from './watch.ts';

export interface MapItem {
  index: number;
  value: Json;
}

/** The step that looks. */
interface Looking {
  readonly state: ExecutionState;
  readonly now: number;
  readonly watch: Watch | undefined;
}

/** Made anew for each look; context and variables are put together only if asked for. */
export class StateScope implements Scope {
  private declare readonly run: Looking;
  private declare readonly frame: Frame;
  private declare readonly state: State;
  private declare readonly item: MapItem | undefined;
  private declare seenContext: Json | undefined;
  private declare seenVars: JsonObject | undefined;

  /** `item`: the Map item at hand. */
  constructor(run: Looking, frame: Frame, state: State, item?: MapItem) {
    this.run = run;
    this.frame = frame;
    this.state = state;
    this.item = item;
    this.seenContext = undefined;
    this.seenVars = undefined;
  }

  get raw(): JsonObject {
    return this.state.raw;
  }

  get input(): Json {
    return this.frame.input;
  }

  get now(): number {
    return this.run.now;
  }

  get watch(): Watch | undefined {
    return this.run.watch;
  }

  get random(): RandomState {
    return randomOf(this.run.state);
  }

  context(): Json {
    const { run, frame, state } = this;
    this.seenContext ??=
      run.watch?.context ?? contextOf(run.state, frame, state, this.item ?? itemOf(run.state, frame));
    return this.seenContext;
  }

  vars(): JsonObject {
    this.seenVars ??= varsOf(this.run.state, this.frame);
    return this.seenVars;
  }
}

/** The same, for the fields of an object inside the state: ItemBatcher, ReaderConfig. */
export function scopeWithin(scope: Scope, raw: JsonObject): Scope {
  return Object.create(scope, { raw: { value: raw } }) as Scope;
}

/** The context object, members in AWS's order. */
function contextOf(execution: ExecutionState, frame: Frame, state: State, item: MapItem | undefined): Json {
  const entered: JsonObject = { Name: frame.state, EnteredTime: formatTimestamp(frame.enteredAt) };
  if (state.kind.counted || frame.retryCount) entered.RetryCount = frame.retryCount ?? 0;
  const host = frame.quiet === undefined ? undefined : execution.frames[frame.quiet];
  const own = host?.child;
  const context: JsonObject = own
    ? { Execution: childExecution(execution, own), StateMachine: { Id: own.machineArn, Name: own.machineName } }
    : { Execution: executionOf(execution), StateMachine: execution.machine };
  context.State = entered;
  if (frame.task?.resource.pattern === 'callback' && frame.task.resource.family === 'service') {
    context.Task = { Token: taskToken(execution.id, frame.task.ticket) };
  }
  if (item) context.Map = { Item: { Index: item.index, Value: item.value } };
  return context;
}

/** What it is called when it began is written when somebody asks: most executions are over before that. */
function executionOf({ execution }: ExecutionState): JsonObject {
  if (typeof execution.StartTime === 'number') execution.StartTime = formatTimestamp(execution.StartTime);
  return execution;
}

/** A distributed Map's child is an execution of its own. */
function childExecution(execution: ExecutionState, child: NonNullable<Frame['child']>): JsonObject {
  return {
    Id: child.arn,
    Input: child.input,
    StartTime: formatTimestamp(child.started),
    Name: child.name,
    RoleArn: execution.execution.RoleArn,
    RedriveCount: 0,
  };
}

/** The item of the nearest Map around a frame. */
function itemOf(execution: ExecutionState, frame: Frame): MapItem | undefined {
  for (let at: Frame | undefined = frame; at; at = at.parent === undefined ? undefined : execution.frames[at.parent]) {
    if (at.item) return at.item;
  }
  return undefined;
}

/** A branch sees its own variables and those around it; an item of a distributed Map only its own. */
function varsOf(execution: ExecutionState, frame: Frame): JsonObject {
  const host = frame.parent === undefined || frame.quiet === frame.id ? undefined : execution.frames[frame.parent];
  if (!host) return frame.vars ?? {};
  const outer = varsOf(execution, host);
  return frame.vars ? { ...outer, ...frame.vars } : outer;
}
