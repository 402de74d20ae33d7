/** The `detail` of "Step Functions Execution Status Change", as AWS sends it to the default bus. */
import type { Row } from './database.ts';
import type { StatusChange } from './service.ts';

const REDRIVABLE = new Set(['FAILED', 'ABORTED', 'TIMED_OUT']);

/** Whether an execution can be redriven, and AWS's sentence why not. */
export function redriveStatus(row: Row): { redriveStatus: string; redriveStatusReason?: string } {
  if (row.type !== 'STANDARD')
    return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: 'Express executions cannot be redriven' };
  if (REDRIVABLE.has(row.status as string)) return { redriveStatus: 'REDRIVABLE' };
  return {
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: `Execution is ${row.status} and cannot be redriven`,
  };
}

export function statusChange(row: Row): StatusChange {
  return {
    executionArn: row.arn as string,
    stateMachineArn: row.machine as string,
    name: row.name as string,
    status: row.status as string,
    startDate: row.started as number,
    stopDate: row.stopped as number | null,
    input: row.input as string,
    output: row.output as string | null,
    stateMachineVersionArn: row.version as string | null,
    stateMachineAliasArn: row.alias as string | null,
    redriveCount: row.redrives as number,
    redriveDate: row.redriven as number | null,
    redriveStatus: redriveStatus(row).redriveStatus,
    redriveStatusReason: redriveStatus(row).redriveStatusReason ?? null,
    inputDetails: { included: true },
    outputDetails: row.output === null ? null : { included: true },
    error: row.error as string | null,
    cause: row.cause as string | null,
  };
}
