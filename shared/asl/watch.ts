/**
 * What can be seen of one state while it runs: TestState's inspection data. Only a test of a state watches; executions
 * have no watch and pay nothing for it.
 */
import type { Json } from './json.ts';

/** A step of a state's data flow, by the name TestState gives it. */
export type Stage =
  | 'afterInputPath'
  | 'afterParameters'
  | 'afterArguments'
  | 'afterItemsPath'
  | 'afterItemSelector'
  | 'afterItemBatcher'
  | 'result'
  | 'afterResultSelector'
  | 'afterResultPath';

/** A limit that a Map state works under. */
export type Limit = 'maxConcurrency' | 'toleratedFailureCount' | 'toleratedFailurePercentage';

/** Which entry of Retry or Catch took a failure, and how long a retry would wait (in seconds). */
export interface Handled {
  retryIndex?: number;
  retryBackoffIntervalSeconds?: number;
  catchIndex?: number;
}

export interface Watch {
  /** Shown instead of the execution's own context object. */
  context?: Json;
  /** Shown instead of what a Map state would read with ItemReader. */
  itemsRead?: Json[];
  stage(stage: Stage, value: Json): void;
  limit(limit: Limit, value: number): void;
  /** The state failed, so far with this. */
  failed(failure: { error?: string; cause?: string }): void;
  handled(how: Handled): void;
}
