/**
 * One state, run by itself: the interpreter's own code for its kind, between a frame that stands before it and the
 * first thing that would lead away from it. What it did is told as TestState tells it.
 *
 * A test is begun, then finished: with a made-up result or error, or (a Task) with the answer to its call. A Wait does
 * not wait: only one beyond the limit of a test fails, as it would after that time.
 */
import { StateFailure } from '../failure.ts';
import { type Beginning, freshState } from '../fresh-state.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Machine, State } from '../machine.ts';
import { Run } from '../run.ts';
import type { Effect, Frame } from '../types.ts';
import { Inspection, type InspectionData } from './inspection.ts';

/** AWS: a test takes at most five minutes. */
const LONGEST_MS = 300_000;

export interface StateTestOptions {
  beginning: Beginning;
  variables: JsonObject;
  /** The context object to show instead of this test's own. */
  context?: Json;
  /** How often the state was tried before. */
  retryCount?: number;
  /** What a Map's ItemReader is taken to have read. */
  itemsRead?: Json[];
  now: number;
}

/** What became of a state. `error` and `cause` also where a Catch took them. */
export interface StateTestOutcome {
  status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  output?: string;
  error?: string;
  cause?: string;
  nextState?: string;
}

export class StateTest {
  readonly state: State;
  private readonly run: Run;
  private readonly frame: Frame;
  private readonly inspection: Inspection;
  private readonly hadVariables: boolean;

  constructor(machine: Machine, at: { path: string; state: string }, options: StateTestOptions) {
    const { beginning, variables, now, retryCount } = options;
    const execution = freshState(beginning, { ...at, vars: variables }, now);
    this.frame = execution.frames[0] as Frame;
    this.state = machine.subs.get(at.path)?.states.get(at.state) as State;
    this.inspection = new Inspection(this.state.kind.inspected(this.state.raw), options);
    this.run = new Run(machine, execution, now, { watch: this.inspection });
    this.hadVariables = Object.keys(variables).length > 0;
    if (retryCount) {
      const { Retry } = this.state.raw;
      this.frame.retries = (Array.isArray(Retry) ? Retry : []).map(() => retryCount);
      this.frame.retryCount = retryCount;
    }
  }

  /** Enters the state. A Task that got so far as to call something gives the call: then it is not finished yet. */
  begin(): Effect | undefined {
    this.guard(() => this.state.kind.begin(this.run, this.frame, this.state));
    if (this.open && ['wait', 'resume'].includes(this.frame.mode)) this.endWait();
    return this.open ? this.frame.task : undefined;
  }

  /** The work of the state came to this. Does nothing when it has failed before. */
  succeed(result: Json): void {
    if (this.open) this.guard(() => this.state.kind.answered?.(this.run, this.frame, this.state, result));
  }

  fail(failure: { error?: string; cause?: string }): void {
    if (!this.open) return;
    this.guard(() => {
      throw new StateFailure(failure);
    });
  }

  /** So many parts of the state have failed. */
  partsFailed(failures: number): void {
    if (this.open) this.guard(() => this.state.kind.partsFailed?.(this.run, this.frame, this.state, failures));
  }

  outcome(): StateTestOutcome {
    const { failure, caught } = this.inspection;
    if (failure && this.frame.mode === 'backoff') return { status: 'RETRIABLE', ...failure };
    const exit = this.exit;
    if (failure && !(caught && exit)) return { status: 'FAILED', ...failure };
    const nextState = this.run.state.status === 'RUNNING' ? this.frame.state : undefined;
    return {
      status: failure ? 'CAUGHT_ERROR' : 'SUCCEEDED',
      ...failure,
      ...(exit && { output: exit.output }),
      ...(nextState !== undefined && { nextState }),
    };
  }

  /** The steps of the data flow, and the variables as they are after the state. `input`: as it was given. */
  inspected(input: string): InspectionData {
    const data = this.inspection.told(input);
    const variables = this.frame.vars ?? {};
    if (this.hadVariables || Object.keys(variables).length > 0) data.variables = JSON.stringify(variables);
    return data;
  }

  private get exit(): { output: string } | undefined {
    const event = this.run.events.findLast(({ type }) => type.endsWith('StateExited'));
    return event?.stateExitedEventDetails as { output: string } | undefined;
  }

  /** True while the state has neither been left nor failed. */
  private get open(): boolean {
    return !this.inspection.failure && !this.exit;
  }

  private guard(work: () => void): void {
    this.run.guard(this.frame, work);
  }

  private endWait(): void {
    const { due = 0 } = this.frame;
    if (due - this.run.now > LONGEST_MS) this.fail({ error: 'States.Timeout' });
    else this.guard(() => this.state.kind.resume?.(this.run, this.frame, this.state));
  }
}
