import { DefinitionError } from '../definition.ts';
import { runtimeFailure } from '../failure.ts';
import { isObject } from '../json.ts';
import type { State } from '../machine.ts';
import { TASK_FAMILIES } from '../tasks/index.ts';
import { parseResource, type TaskResource } from '../tasks/resource.ts';
import type { PendingTask } from '../types.ts';
import { type StateKind, WORK_FIELDS } from './define-state-kind.ts';

const resources = new WeakMap<State, TaskResource>();

/** Taken apart once for each state of a compiled machine. */
function resourceOf(state: State): TaskResource {
  let resource = resources.get(state);
  if (!resource) {
    resource = parseResource(state.raw.Resource as string);
    if (!resource) throw new DefinitionError(`The Resource of state '${state.name}' is not understood`);
    resources.set(state, resource);
  }
  return resource;
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
    const resource = resourceOf(state);
    if (resource.family === 'activity' && !run.activityExists(resource.arn)) {
      throw runtimeFailure(`The activity ${resource.arn} does not exist.`);
    }
    const { query } = state;
    // The token is part of the context that Parameters see, so the task gets its number first.
    const ticket = run.state.nextTicket++;
    frame.task = { ticket, resource, parameters: null };
    const scope = run.scope(frame, state);
    const input = query.input(scope);
    const parameters = query.parameters(scope, input);
    const timeout = query.number(scope, input, 'TimeoutSeconds');
    const heartbeat = query.number(scope, input, 'HeartbeatSeconds');
    const pending: PendingTask = { ticket, resource, parameters };
    if (timeout !== undefined) pending.timeoutAt = run.now + timeout * 1000;
    if (heartbeat !== undefined) {
      pending.heartbeatMs = heartbeat * 1000;
      pending.heartbeatAt = run.now + pending.heartbeatMs;
    }
    frame.task = pending;
    const text = run.textOf(parameters);
    run.checkSize(text, TASK_FAMILIES[resource.family].label(pending));
    const { Credentials } = state.raw;
    const credentials =
      Credentials === undefined ? undefined : query.template(scope, input, Credentials, 'Credentials');
    const roleArn = isObject(credentials) && typeof credentials.RoleArn === 'string' ? credentials.RoleArn : undefined;
    const scheduled = TASK_FAMILIES[resource.family].scheduled(pending, text, {
      region: () => run.region,
      ...(timeout !== undefined && { timeout }),
      ...(heartbeat !== undefined && { heartbeat }),
      ...(roleArn !== undefined && { roleArn }),
    });
    if (scheduled) run.emit(frame, scheduled);
    frame.mode = 'task';
    run.handOut(frame);
  },
  answered(run, frame, state, output) {
    const scope = run.scope(frame, state);
    run.finish(frame, state, state.query.outcome(scope, state.query.input(scope), output), state.next);
  },
};
