/** Retry and Catch: which entry an error matches, and how long a retry waits. */
import type { Failure } from './failure.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * States.Runtime can be neither retried nor caught, not even by States.ALL (AWS). States.DataLimitExceeded is caught by
 * States.ALL, as recorded, though AWS's guide says otherwise.
 */
const UNCATCHABLE = new Set(['States.Runtime']);

/** Whether nothing around the state that fails so can keep its execution from failing. */
export function isUncatchable({ error }: Failure): boolean {
  return error !== undefined && UNCATCHABLE.has(error);
}

/** The first entry of Retry or Catch whose ErrorEquals names the error, or -1. */
export function matchingEntry(entries: Json | undefined, failure: Failure): number {
  if (!Array.isArray(entries) || isUncatchable(failure)) return -1;
  return entries.findIndex((entry) =>
    ((entry as JsonObject).ErrorEquals as string[]).some((name) => matchesName(name, failure)),
  );
}

function matchesName(name: string, { error, heartbeat }: Failure): boolean {
  if (name === 'States.ALL') return true;
  if (name === 'States.HeartbeatTimeout' && heartbeat) return true;
  // Any failure of a task but a timeout (AWS).
  if (name === 'States.TaskFailed') return error !== 'States.Timeout';
  return name === error;
}

/** How many tries a retrier allows: 3 where it does not say. */
export function maxAttempts(retrier: JsonObject): number {
  return typeof retrier.MaxAttempts === 'number' ? retrier.MaxAttempts : 3;
}

/**
 * Milliseconds before try number `attempt` (1 is the first retry): IntervalSeconds · BackoffRate^(attempt-1), at most
 * MaxDelaySeconds; with JitterStrategy FULL any time between 0 and that.
 */
export function retryDelay(retrier: JsonObject, attempt: number, random: () => number): number {
  const number = (field: string, fallback: number) => {
    const value = retrier[field];
    return typeof value === 'number' ? value : fallback;
  };
  const grown = number('IntervalSeconds', 1) * number('BackoffRate', 2) ** (attempt - 1);
  const seconds = Math.min(grown, number('MaxDelaySeconds', 31_622_400));
  return Math.round(seconds * 1000 * (retrier.JitterStrategy === 'FULL' ? random() : 1));
}
