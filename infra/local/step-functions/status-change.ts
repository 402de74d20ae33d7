/** The `detail` of "Step Functions Execution Status Change", as AWS sends it to the default bus. */
import type { Row } from './database.ts';
import { redriveStatus } from './redrive-status.ts';
import type { StatusChange } from './service.ts';

/** Texts longer than this, written into JSON and in bytes, are left out: the output alone, the input together with it. */
const ROOM = 248 * 1024;

export function statusChange(row: Row, now: number): StatusChange {
  const { redriveStatus: status, redriveStatusReason } = redriveStatus(row, now);
  const input = row.input as string;
  const output = row.output as string | null;
  const inputFits = fits(input, output ?? '');
  const outputFits = fits(output ?? '');
  return {
    executionArn: row.arn as string,
    stateMachineArn: row.machine as string,
    name: row.name as string,
    status: row.status as string,
    startDate: row.started as number,
    stopDate: row.stopped as number | null,
    input: inputFits ? input : null,
    output: outputFits ? output : null,
    stateMachineVersionArn: row.version as string | null,
    stateMachineAliasArn: row.alias as string | null,
    redriveCount: row.redrives as number,
    redriveDate: row.redriven as number | null,
    redriveStatus: status,
    redriveStatusReason: redriveStatusReason ?? null,
    inputDetails: { included: inputFits },
    outputDetails: output === null ? null : { included: outputFits },
    error: row.error as string | null,
    cause: row.cause as string | null,
  };
}

/** Short texts are not even written: no character takes more than six bytes. */
function fits(...texts: readonly string[]): boolean {
  const sum = (size: (text: string) => number) => texts.reduce((all, text) => all + size(text), 0);
  return sum((text) => text.length) * 6 <= ROOM || sum((text) => Buffer.byteLength(JSON.stringify(text))) <= ROOM;
}
