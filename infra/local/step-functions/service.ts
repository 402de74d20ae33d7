/** What the operations and the task resources work with. */
import type { Json } from '../../../shared/asl/index.ts';
import type { Clock, LambdaHost } from '../time-source.ts';
import type { Place } from './arn.ts';
import type { Committer } from './committer.ts';
import type { Database } from './database.ts';
import type { Engine } from './engine.ts';
import type { LogSink } from './logging.ts';
import type { Call } from './tasks/define-task.ts';

/** The `detail` of a "Step Functions Execution Status Change" event. */
export interface StatusChange {
  executionArn: string;
  stateMachineArn: string;
  name: string;
  status: string;
  startDate: number;
  stopDate: number | null;
  input: string | null;
  output: string | null;
  [member: string]: unknown;
}

/** Calls another service of the endpoint: `call('sqs', 'SendMessage', {…})`. Throws AwsError. */
export type ServiceCaller = (service: string, operation: string, parameters: unknown) => Promise<unknown>;

export interface StepFunctionsOptions {
  /** Path of the SQLite file; `:memory:` for none. */
  file: string;
  clock: Clock;
  lambda: LambdaHost;
  account: string;
  region: string;
  /** How many task calls run at a time; the rest wait in order. Default 64. */
  concurrency?: number;
  /** Told after the commit, for each execution that starts or ends. May be told twice after a crash. */
  onStatusChange?: (change: StatusChange) => void;
  /** Where machines that ask for it have their executions logged. Where left out, nothing is. */
  logs?: LogSink;
  /** For tasks that use other services than Lambda. */
  call?: ServiceCaller;
}

export interface Service {
  options: StepFunctionsOptions;
  place: Place;
  db: Database;
  committer: Committer;
  engine: Engine;
  /** Makes the call of a task (see tasks/). Throws TaskError. */
  perform(call: Call): Promise<Json>;
}
