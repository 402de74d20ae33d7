/** The `detail` of "Step Functions Execution Status Change", as AWS sends it to the default bus. */
import type { Row } from './database.ts';
import { redriveStatus } from './redrive-status.ts';
import type { StatusChange } from './service.ts';

export function statusChange(row: Row, now: number): StatusChange {
  const { redriveStatus: status, redriveStatusReason } = redriveStatus(row, now);
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
    redriveStatus: status,
    redriveStatusReason: redriveStatusReason ?? null,
    inputDetails: { included: true },
    outputDetails: row.output === null ? null : { included: true },
    error: row.error as string | null,
    cause: row.cause as string | null,
  };
}
