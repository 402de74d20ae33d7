/**
 * The interpreter's document as the column `state` holds it: without what the execution's row says already, which is
 * most of it while an execution waits.
 */
import type { ExecutionState, Json } from '../../../shared/asl/index.ts';
import type { Row } from './database.ts';
import { isPart, withoutParts } from './execution-parts.ts';

/** The columns that unpackState reads. */
export const STATE_COLUMNS = 'uid, arn, name, role, machine, started, input, state';

type Kept = Omit<ExecutionState, 'id' | 'execution' | 'machine'>;

export function packState(state: ExecutionState): string {
  const { RedriveCount, RedriveTime } = state.execution;
  const alone = state.nextFrame === 1;
  // All of it, name by name: copying "the rest" of an object takes longer than writing it.
  const kept: { [member in keyof Required<Kept>]: Kept[member] } = {
    format: state.format,
    status: state.status,
    random: state.random,
    frames: alone ? state.frames : framesOf(state),
    nextFrame: state.nextFrame,
    nextTicket: state.nextTicket,
    ready: state.ready,
    events: state.events,
    assigned: state.assigned,
    deadline: state.deadline,
    output: state.output,
    error: state.error,
    cause: state.cause,
  };
  const redrive = JSON.stringify({ RedriveCount, RedriveTime });
  return `{"redrive":${redrive},${alone ? '' : '"apart":true,'}${JSON.stringify(kept).slice(1)}`;
}

/** The frames that are not in rows of their own. */
function framesOf(state: ExecutionState): ExecutionState['frames'] {
  const frames: ExecutionState['frames'] = {};
  for (const frame of Object.values(state.frames)) if (!isPart(frame)) frames[frame.id] = withoutParts(frame);
  return frames;
}

/**
 * Undefined for an execution that succeeded: nothing is left of its document. `apart`: the parts of its distributed Maps
 * are in rows of their own (execution-parts.ts), as all but older files have them.
 */
export function unpackState(row: Row): { state: ExecutionState; apart: boolean } | undefined {
  if (row.state === null) return undefined;
  const packed = JSON.parse(row.state as string) as Kept & {
    redrive?: Pick<ExecutionState['execution'], 'RedriveCount' | 'RedriveTime'>;
    apart?: true;
  };
  // Older files hold the document as it is.
  if (!packed.redrive) return { state: packed as ExecutionState, apart: false };
  const { redrive, apart = false, ...rest } = packed;
  const machine = row.machine as string;
  const state = {
    ...rest,
    id: row.uid as string,
    execution: {
      Id: row.arn as string,
      Input: JSON.parse(row.input as string) as Json,
      StartTime: row.started as number,
      Name: row.name as string,
      RoleArn: row.role as string,
      ...redrive,
    },
    machine: { Id: machine, Name: machine.split(':')[6] as string },
  };
  return { state, apart };
}

/** How many events an execution has, from its column `state`. */
export function eventsOf(state: string | null): number {
  return state === null ? 0 : (JSON.parse(state) as ExecutionState).events;
}
