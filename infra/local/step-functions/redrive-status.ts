/** Whether an execution can be redriven, and AWS's sentence why not (API reference, DescribeExecution). */
import { MAX_EVENTS } from '../../../shared/asl/index.ts';
import type { Row } from './database.ts';
import { eventsOf } from './packed-state.ts';

const REDRIVABLE = new Set(['FAILED', 'ABORTED', 'TIMED_OUT']);
const DAY = 86_400_000;
/** RedriveExecution is possible for this long after the end. */
const PERIOD = 14 * DAY;
/** An execution lives at most this long. */
const LONGEST = 365 * DAY;

export interface RedriveStatus {
  redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  redriveStatusReason?: string;
}

export function redriveStatus(row: Row, now: number): RedriveStatus {
  const not = (redriveStatusReason: string): RedriveStatus => ({
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason,
  });
  if (!REDRIVABLE.has(row.status as string)) return not(`Execution is ${row.status} and cannot be redriven`);
  if (row.map_run !== undefined) return { redriveStatus: 'REDRIVABLE_BY_MAP_RUN' };
  if (row.type !== 'STANDARD') return not('Express executions cannot be redriven');
  if (eventsOf(row.state as string | null) >= MAX_EVENTS - 1) return not('Execution history event limit exceeded');
  if (now - (row.started as number) > LONGEST) return not('Execution has exceeded the max execution time');
  if (now - (row.stopped as number) > PERIOD) return not('Execution redrivable period exceeded');
  return { redriveStatus: 'REDRIVABLE' };
}
