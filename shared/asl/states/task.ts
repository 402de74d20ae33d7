import { DefinitionError } from '../definition.ts';
import { runtimeFailure } from '../failure.ts';
import { isObject } from '../json.ts';
import type { State } from '../machine.ts';
import type { TaskFamily } from '../tasks/define-task-family.ts';
import { TASK_FAMILIES } from '../tasks/index.ts';
import { parseResource, type TaskResource } from '../tasks/resource.ts';
import type { PendingTask } from '../types.ts';
import { type StateKind, WORK_FIELDS } from './define-state-kind.ts';

interface Facts {
  resource: TaskResource;
  family: TaskFamily;
  /** Whether it says how long it may take. */
  timed: boolean;
}

const TIMES = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'];
const known = new WeakMap<State, Facts>();

/** Found out once for each state of a compiled machine. */
function factsOf(state: State): Facts {
  let facts = known.get(state);
  if (!facts) {
    const resource = parseResource(state.raw.Resource as string);
    if (!resource) throw new DefinitionError(`The Resource of state '${state.name}' is not understood`);
    const timed = TIMES.some((field) => state.raw[field] !== undefined);
    facts = { resource, family: TASK_FAMILIES[resource.family], timed };
    known.set(state, facts);
  }
  return facts;
}

/** Task: hands work out and waits for its answer, a callback or a job's end, within its time limits. */
export const task: StateKind = {
  type: 'Task',
  flow: 'next-or-end',
  fields: [
    ...WORK_FIELDS,
    'Resource',
    'Arguments',
    'Credentials',
    'TimeoutSeconds',
    'TimeoutSecondsPath',
    'HeartbeatSeconds',
    'HeartbeatSecondsPath',
  ],
  required: { any: ['Resource'] },
  mock: 'accepted',
  inspected: () => [
    'afterInputPath',
    'afterParameters',
    'afterArguments',
    'result',
    'afterResultSelector',
    'afterResultPath',
  ],
  abortable: true,
  counted: true,
  begin(run, frame, state) {
    const { resource, family, timed } = factsOf(state);
    if (resource.family === 'activity' && !run.activityExists(resource.arn)) {
      throw runtimeFailure(`The activity ${resource.arn} does not exist.`);
    }
    const { query } = state;
    // The token is part of the context that Parameters see, so the task gets its number first.
    const pending: PendingTask = { ticket: run.state.nextTicket++, resource, parameters: null };
    frame.task = pending;
    const scope = run.scope(frame, state);
    const input = query.input(scope);
    const parameters = query.parameters(scope, input);
    const timeout = timed ? query.number(scope, input, 'TimeoutSeconds') : undefined;
    const heartbeat = timed ? query.number(scope, input, 'HeartbeatSeconds') : undefined;
    pending.parameters = parameters;
    if (timeout !== undefined) pending.timeoutAt = run.now + timeout * 1000;
    if (heartbeat !== undefined) {
      pending.heartbeatMs = heartbeat * 1000;
      pending.heartbeatAt = run.now + pending.heartbeatMs;
    }
    run.checkSize(parameters, family.label(pending));
    const { Credentials } = state.raw;
    const credentials =
      Credentials === undefined ? undefined : query.template(scope, input, Credentials, 'Credentials');
    const roleArn = isObject(credentials) && typeof credentials.RoleArn === 'string' ? credentials.RoleArn : undefined;
    if (family.scheduled) {
      run.emit(frame, family.scheduled, pending, { executionArn: run.state.execution.Id, timeout, heartbeat, roleArn });
    }
    frame.mode = 'task';
    run.handOut(frame);
  },
  answered(run, frame, state, output) {
    const scope = run.scope(frame, state);
    run.finish(frame, state, state.query.outcome(scope, state.query.input(scope), output), state.next);
  },
};
