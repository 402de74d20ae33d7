/** What a Map state's fields say, and the limits that AWS puts on them. */
import { runtimeFailure, StateFailure } from '../../failure.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { State } from '../../machine.ts';
import type { Run } from '../../run.ts';
import type { Frame, Join } from '../../types.ts';

/** Inline Map runs at most 40 iterations at a time where no limit is given (AWS). */
const INLINE_CONCURRENCY = 40;
/** Distributed Map: 10,000 on AWS; nothing is won here by more at a time. */
const DISTRIBUTED_CONCURRENCY = 10_000;

export const EXCEEDED = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};

export function processor(raw: JsonObject): JsonObject {
  return (raw.ItemProcessor ?? raw.Iterator) as JsonObject;
}

export function isDistributed(state: State): boolean {
  const config = processor(state.raw).ProcessorConfig;
  return isObject(config) && config.Mode === 'DISTRIBUTED';
}

/** The items as they were found, before they are selected from or put into batches; undefined: they are to be read. */
export function itemsOf(run: Run, frame: Frame, state: State, input: Json): Json[] | undefined {
  if (state.raw.ItemReader === undefined) return state.query.items(run.scope(frame, state), input);
  if (!run.watch || run.watch.itemsRead) return run.watch?.itemsRead;
  throw new StateFailure({ error: 'States.ItemReaderFailed', cause: 'A test of a state reads no items.' });
}

/** MaxConcurrency as it is given; 0 where it is not. */
export function wantedConcurrency(run: Run, frame: Frame, state: State, input: Json): number {
  const wanted = state.query.number(run.scope(frame, state), input, 'MaxConcurrency') ?? 0;
  if (wanted < 0) throw runtimeFailure('MaxConcurrency cannot be negative.');
  run.watch?.limit('maxConcurrency', wanted);
  return wanted;
}

/** How many at a time that is. */
export function concurrencyLimit(state: State, wanted: number): number {
  return wanted || (isDistributed(state) ? DISTRIBUTED_CONCURRENCY : INLINE_CONCURRENCY);
}

export function toleration(run: Run, frame: Frame, state: State, input: Json): NonNullable<Join['tolerate']> {
  const scope = run.scope(frame, state);
  const count = state.query.number(scope, input, 'ToleratedFailureCount');
  const percentage = state.query.number(scope, input, 'ToleratedFailurePercentage', 'float');
  if (count !== undefined) run.watch?.limit('toleratedFailureCount', count);
  if (percentage !== undefined) run.watch?.limit('toleratedFailurePercentage', percentage);
  if (count !== undefined && count < 0) throw runtimeFailure('ToleratedFailureCount cannot be negative.');
  if (percentage !== undefined && (percentage < 0 || percentage > 100)) {
    throw runtimeFailure('ToleratedFailurePercentage must be between 0 and 100.');
  }
  return { ...(count !== undefined && { count }), ...(percentage !== undefined && { percentage }) };
}

/** With both limits given, the first that is passed counts. */
export function tolerated(join: Join): boolean {
  const { count, percentage } = join.tolerate ?? {};
  const failed = join.failed ?? 0;
  if (count === undefined && percentage === undefined) return false;
  if (count !== undefined && failed > count) return false;
  return percentage === undefined || (failed * 100) / (join.items?.length || 1) <= percentage;
}
