import { DefinitionError } from '../definition.ts';
import { dataLimitFailure, runtimeFailure } from '../failure.ts';
import { isObject } from '../json.ts';
import type { State } from '../machine.ts';
import type { Run } from '../run.ts';
import type { Scheduling, TaskFamily } from '../tasks/define-task-family.ts';
import { TASK_FAMILIES } from '../tasks/index.ts';
import { parseResource, type TaskResource } from '../tasks/resource.ts';
import type { Frame, PendingTask } from '../types.ts';
import { defineStateKind, WORK_FIELDS } from './define-state-kind.ts';

interface Facts {
  resource: TaskResource;
  family: TaskFamily;
  /** True when its input as it came is all that it hands out. */
  plain: boolean;
  /** Whether it says how long it may take. */
  timed: boolean;
}

const TIMES = ['TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'];
/** The fields that say what is handed out. */
const HANDED = ['InputPath', 'Parameters', 'Arguments', 'Credentials'];
const NO_MORE: Scheduling = {};

/** Task: hands work out and waits for its answer, a callback or a job's end, within its time limits. */
export const task = defineStateKind({
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
  prepare(raw): Facts | undefined {
    const resource = parseResource(raw.Resource as string);
    const says = (field: string) => raw[field] !== undefined;
    const timed = TIMES.some(says);
    return resource && { resource, family: TASK_FAMILIES[resource.family], plain: !timed && !HANDED.some(says), timed };
  },
  begin(run, frame, state) {
    const facts = state.prepared as Facts | undefined;
    if (!facts) throw new DefinitionError(`The Resource of state '${state.name}' is not understood`);
    const { resource, family, plain } = facts;
    if (resource.family === 'activity' && run.how.activityExists?.(resource.arn) === false) {
      throw runtimeFailure(`The activity ${resource.arn} does not exist.`);
    }
    const pending: PendingTask = { ticket: run.state.nextTicket++, resource, parameters: frame.input };
    // The token is part of the context that Parameters see, so the task gets its number first.
    frame.task = pending;
    const more = plain && run.watch === undefined ? NO_MORE : asked(run, frame, state, pending);
    if (run.isTooLarge(frame, pending.parameters)) throw dataLimitFailure(family.label(pending));
    if (family.scheduled) run.emit(frame, family.scheduled, pending, more);
    run.handOut(frame);
  },
  answered: (run, frame, state, output) => run.leave(frame, state, output),
});

/** Finds out what is handed out, with which limits, and by whom. */
function asked(run: Run, frame: Frame, state: State, pending: PendingTask): Scheduling {
  const { query, raw } = state;
  const scope = run.scope(frame, state);
  const input = query.input(scope);
  pending.parameters = query.parameters(scope, input);
  const { timed } = state.prepared as Facts;
  const timeout = timed ? query.number(scope, input, 'TimeoutSeconds') : undefined;
  const heartbeat = timed ? query.number(scope, input, 'HeartbeatSeconds') : undefined;
  if (timeout !== undefined) pending.timeoutAt = run.now + timeout * 1000;
  if (heartbeat !== undefined) {
    pending.heartbeatMs = heartbeat * 1000;
    pending.heartbeatAt = run.now + pending.heartbeatMs;
  }
  if (raw.Credentials === undefined) return { timeout, heartbeat };
  const credentials = query.template(scope, input, raw.Credentials, 'Credentials');
  const roleArn = isObject(credentials) && typeof credentials.RoleArn === 'string' ? credentials.RoleArn : undefined;
  return { timeout, heartbeat, roleArn };
}
