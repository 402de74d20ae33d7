/** The document of an execution that has not begun. */
import type { Json, JsonObject } from './json.ts';
import { formatTimestamp } from './time.ts';
import type { ExecutionState } from './types.ts';

export interface Beginning {
  /** Unguessable and unique: task tokens and all randomness of the execution come from it. */
  id: string;
  executionArn: string;
  name: string;
  roleArn: string;
  stateMachineArn: string;
  stateMachineName: string;
  input: Json;
  /** Started by StartSyncExecution (or TestState), whose context object has no RedriveCount. */
  synchronous?: boolean;
}

/** One frame, about to enter a state of a machine inside the definition (see machine.ts). */
export function freshState(
  beginning: Beginning,
  at: { path: string; state: string; vars?: JsonObject },
  now: number,
): ExecutionState {
  return {
    format: 1,
    id: beginning.id,
    status: 'RUNNING',
    execution: {
      Id: beginning.executionArn,
      Input: beginning.input,
      StartTime: formatTimestamp(now),
      Name: beginning.name,
      RoleArn: beginning.roleArn,
      ...(!beginning.synchronous && { RedriveCount: 0 }),
    },
    machine: { Id: beginning.stateMachineArn, Name: beginning.stateMachineName },
    frames: {
      0: { id: 0, ...at, mode: 'enter', input: beginning.input, last: 0, entered: 0, prior: 0, enteredAt: now },
    },
    nextFrame: 1,
    nextTicket: 1,
    ready: [0],
    events: 1,
  };
}
