import type { Json } from '../../../../shared/asl/index.ts';
import type { Row } from '../database.ts';
import { redriveStatus } from '../redrive-status.ts';

/** An execution as `.sync` tasks see it; with `.sync:2` input and output are JSON, else text. */
export function describeForTask(row: Row, parsed: boolean, now: number): Json {
  const value = (text: string | number | null) =>
    parsed && typeof text === 'string' ? (JSON.parse(text) as Json) : text;
  const { redriveStatus: status, redriveStatusReason: reason } = redriveStatus(row, now);
  const answer: Record<string, Json> = {
    ExecutionArn: row.arn as string,
    Input: value(row.input as string),
    InputDetails: { Included: true },
    Name: row.name as string,
    RedriveCount: row.redrives as number,
    RedriveStatus: status,
    StartDate: row.started as number,
    StateMachineArn: row.machine as string,
    Status: row.status as string,
    StopDate: row.stopped as number,
  };
  if (reason !== undefined) answer.RedriveStatusReason = reason;
  if (row.output !== null) {
    answer.Output = value(row.output as string);
    answer.OutputDetails = { Included: true };
  }
  if (row.error !== null) answer.Error = row.error as string;
  if (row.cause !== null) answer.Cause = row.cause as string;
  return answer;
}
