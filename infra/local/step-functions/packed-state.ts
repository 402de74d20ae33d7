/**
 * The interpreter's document as the column `state` holds it: without what the execution's row says already, which is
 * most of it while an execution waits.
 */
import { type ExecutionState, formatTimestamp, type Json } from '../../../shared/asl/index.ts';
import type { Row } from './database.ts';

/** The columns that unpackState reads. */
export const STATE_COLUMNS = 'uid, arn, name, role, machine, started, input, state';

export function packState(state: ExecutionState): string {
  const { id: _, execution, machine: __, ...rest } = state;
  const { RedriveCount, RedriveTime } = execution;
  return JSON.stringify({ redrive: { RedriveCount, RedriveTime }, ...rest });
}

/** Undefined for an execution that succeeded: nothing is left of its document. */
export function unpackState(row: Row): ExecutionState | undefined {
  if (row.state === null) return undefined;
  const packed = JSON.parse(row.state as string) as Omit<ExecutionState, 'id' | 'execution' | 'machine'> & {
    redrive?: Pick<ExecutionState['execution'], 'RedriveCount' | 'RedriveTime'>;
  };
  // Older files hold the document as it is.
  if (!packed.redrive) return packed as ExecutionState;
  const { redrive, ...rest } = packed;
  const machine = row.machine as string;
  return {
    ...rest,
    id: row.uid as string,
    execution: {
      Id: row.arn as string,
      Input: JSON.parse(row.input as string) as Json,
      StartTime: formatTimestamp(row.started as number),
      Name: row.name as string,
      RoleArn: row.role as string,
      ...redrive,
    },
    machine: { Id: machine, Name: machine.split(':')[6] as string },
  };
}

/** How many events an execution has, from its column `state`. */
export function eventsOf(state: string | null): number {
  return state === null ? 0 : (JSON.parse(state) as ExecutionState).events;
}
