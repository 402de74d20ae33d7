/** The contract between the interpreter and whoever drives it. Instants are ms since the epoch. */
import type { Journal } from './journal.ts';
import type { Json, JsonObject } from './json.ts';
import type { PartChanges } from './part-changes.ts';
import type { RandomState } from './random.ts';
import type { TaskResource } from './tasks/resource.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/**
 * What waits for what in one branch of a run. Plain JSON.
 * `enter`: about to enter `state`. `resume`: its wait is over. `retry`: about to try again. `started`: its task has been
 * handed out, the event is still to be written. `failing`: it failed with `failure`, nothing done about it yet.
 * `task`, `wait`, `backoff`, `children`: nothing to do until something happens.
 */
export type FrameMode = 'enter' | 'resume' | 'retry' | 'started' | 'failing' | 'task' | 'wait' | 'backoff' | 'children';

/** One branch: the top of an execution, a branch of a Parallel state, an item of a Map state. */
export interface Frame {
  id: number;
  /** The frame whose Parallel or Map state this one is a part of, and which part. */
  parent?: number;
  slot?: number;
  /** Which machine (the definition itself, a branch, an item processor): see machine.ts. */
  path: string;
  state: string;
  mode: FrameMode;
  input: Json;
  /** No fewer bytes than the input's text has; absent while nobody has looked (what an execution or a part begins with). */
  most?: number;
  vars?: JsonObject;
  /** Event ids: the last one here, the one of entering the state, and the one before that. */
  last: number;
  entered: number;
  prior: number;
  enteredAt: number;
  /** When `wait` or `backoff` is over. */
  due?: number;
  /** Tries used up, by retrier, and in all. */
  retries?: number[];
  retryCount?: number;
  /** The item, for the iteration of a Map: `$$.Map.Item`. */
  item?: { index: number; value: Json };
  /** Children of a distributed Map write no events here: the frame that numbers theirs, and the last number it gave. */
  quiet?: number;
  quietEvents?: number;
  /** On the frame that numbers its events: the execution that an item of a distributed Map is on AWS. */
  child?: { arn: string; name: string; machineArn: string; machineName: string; started: number; input: Json };
  task?: PendingTask;
  join?: Join;
  /** Its parts as they were when one of them made the state fail, for redrives: see redrive.ts. */
  undone?: { join: Join; parts: Frame[] };
  failure?: { error?: string; cause?: string; heartbeat?: true };
}

/** Work handed out that has not been answered. */
export interface PendingTask {
  ticket: number;
  resource: TaskResource;
  parameters: Json;
  timeoutAt?: number;
  heartbeatAt?: number;
  heartbeatMs?: number;
  /** True once the call itself was answered and only the callback (or the started job) is awaited. */
  submitted?: boolean;
}

/** How far a Parallel or Map state has come. */
export interface Join {
  results: Json[];
  left: number;
  /** Map only. */
  items?: Json[];
  /** What ItemSelector sees; absent once the items have been selected from (and put into batches). */
  selected?: Json;
  next?: number;
  limit?: number;
  failed?: number;
  started?: number;
  runStarted?: number;
  /** Distributed Map only: its run; which parts failed and were put up with; and which a redrive wants again. */
  mapRun?: { arn: string; label: string; started: number; express?: true; redrives?: number; redriven?: number };
  failedSlots?: number[];
  again?: number[];
  /** What it waits for before it opens its parts, or after they have ended (map-io.ts). */
  io?: 'read' | 'write';
  /** MaxConcurrency as given (0: no limit). */
  wanted?: number;
  tolerate?: { count?: number; percentage?: number };
}

export interface ExecutionState {
  format: 1;
  /** The caller's own id of this run: task tokens are made of it, so it must be unguessable and unique. */
  id: string;
  status: ExecutionStatus;
  execution: {
    Id: string;
    Input: Json;
    Name: string;
    RoleArn: string;
    /** Milliseconds until the context object is first looked at, then as that shows it. */
    StartTime: string | number;
    RedriveCount?: number;
    RedriveTime?: string;
  };
  machine: { Id: string; Name: string };
  /** Absent until something has been drawn: it begins with the id. */
  random?: RandomState;
  frames: Record<number, Frame>;
  nextFrame: number;
  nextTicket: number;
  ready: number[];
  /** Events written so far. */
  events: number;
  /** No fewer bytes than all its variables have (variables.ts); absent until one is set. */
  assigned?: number;
  /** When the execution as a whole times out. */
  deadline?: number;
  output?: Json;
  error?: string;
  cause?: string;
}

/** An event of GetExecutionHistory, as AWS shapes it, but `timestamp` in ms. */
export interface HistoryEvent {
  timestamp: number;
  type: string;
  id: number;
  previousEventId: number;
  [details: `${string}EventDetails`]: Record<string, unknown>;
}

/**
 * What the driver has to do: to make a task's call. Carrying one out twice must be harmless to whoever receives it (same
 * ticket). It is the task in the execution's document, not to be changed.
 */
export type Effect = Readonly<Pick<PendingTask, 'ticket' | 'resource' | 'parameters'>>;

export type Stimulus =
  /** Time has passed: fire what is due at `now`. */
  | { kind: 'time' }
  /** Go on where a limited step stopped. */
  | { kind: 'continue' }
  | { kind: 'taskSucceeded'; ticket: number; output: Json }
  | { kind: 'taskFailed'; ticket: number; error?: string; cause?: string }
  /** The call of a task that waits for a callback or a job was answered. */
  | { kind: 'taskSubmitted'; ticket: number; output: Json }
  /** A worker took an activity's task. */
  | { kind: 'taskTaken'; ticket: number; workerName?: string }
  | { kind: 'heartbeat'; ticket: number }
  | { kind: 'stop'; error?: string; cause?: string }
  | { kind: 'redrive' }
  /** UpdateMapRun: new limits for a Map Run that is under way. */
  | { kind: 'updateMapRun'; arn: string; maxConcurrency?: number; tolerate: { count?: number; percentage?: number } };

export interface MapRunCounts {
  pending: number;
  running: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  aborted: number;
  total: number;
  resultsWritten: number;
  failuresNotRedrivable: number;
  pendingRedrive: number;
}

/** How a Map Run stands, as DescribeMapRun tells it; instants in ms. */
export interface MapRunFacts {
  arn: string;
  label: string;
  executionArn: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  started: number;
  stopped?: number;
  maxConcurrency: number;
  toleratedFailureCount: number;
  toleratedFailurePercentage: number;
  itemCounts: MapRunCounts;
  executionCounts: MapRunCounts;
  redriveCount: number;
  redriven?: number;
}

/** What a child of a Map Run came to in one step. */
export interface ChildFacts {
  arn: string;
  begun?: {
    name: string;
    machineArn: string;
    mapRunArn: string;
    type: 'STANDARD' | 'EXPRESS';
    /** The machine inside the Map state. */
    definition: JsonObject;
    started: number;
    input: string;
    /** How many items it works on. */
    items: number;
  };
  journal: Journal;
  ended?: { status: ExecutionStatus; stopped: number; output?: string; error?: string; cause?: string };
  /** It runs again, in a redrive. */
  again?: true;
}

/** What came of one step. */
export interface StepResult {
  readonly state: ExecutionState;
  /** What was written into the history; made when first looked at, which must be before any value in it is changed. */
  readonly events: HistoryEvent[];
  /** What is to be done, in order. */
  readonly effects: readonly Effect[];
  /** False when the stimulus had nothing to act on (an answered task, a closed execution); then nothing has changed. */
  readonly applied: boolean;
  /** Absent where no distributed Map had to do with the step. */
  readonly partChanges: PartChanges | undefined;
}
