/** The document of an execution that has not begun. */
import type { Json, JsonObject } from './json.ts';
import type { ExecutionState, Frame } from './types.ts';

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

/**
 * A frame about to enter a state. It has all members that a frame may have, set or not, but those of parts, which have
 * all of these (open-part.ts): whoever reads frames of many shapes reads slowly (a step by a half).
 */
export function newFrame(
  id: number,
  path: string,
  state: string,
  input: Json,
  now: number,
  vars: JsonObject | undefined,
): Frame {
  return {
    id,
    path,
    state,
    mode: 'enter',
    input,
    most: undefined,
    last: 0,
    entered: 0,
    prior: 0,
    enteredAt: now,
    vars,
    due: undefined,
    retries: undefined,
    retryCount: undefined,
    task: undefined,
    join: undefined,
    undone: undefined,
    failure: undefined,
  };
}

/** One frame, about to enter a state of a machine inside the definition (see machine.ts). */
export function freshState(
  beginning: Beginning,
  at: { path: string; state: string; vars?: JsonObject },
  now: number,
): ExecutionState {
  const execution: ExecutionState['execution'] = {
    Id: beginning.executionArn,
    Input: beginning.input,
    StartTime: now,
    Name: beginning.name,
    RoleArn: beginning.roleArn,
  };
  if (!beginning.synchronous) execution.RedriveCount = 0;
  return {
    format: 1,
    id: beginning.id,
    status: 'RUNNING',
    execution,
    machine: { Id: beginning.stateMachineArn, Name: beginning.stateMachineName },
    frames: { 0: newFrame(0, at.path, at.state, beginning.input, now, at.vars) },
    nextFrame: 1,
    nextTicket: 1,
    ready: [0],
    events: 1,
    random: undefined,
    assigned: undefined,
    deadline: undefined,
    output: undefined,
    error: undefined,
    cause: undefined,
  };
}
