/** A service integration: `arn:aws:states:::lambda:invoke`, `….waitForTaskToken`, `….sync`, `aws-sdk:…`. */
import type { Failure } from '../failure.ts';
import { type EventForm, NOT_TRUNCATED } from '../journal.ts';
import type { Json } from '../json.ts';
import type { PendingTask } from '../types.ts';
import type { TaskFamily } from './define-task-family.ts';

const named = (task: PendingTask) => ({ resourceType: task.resource.service, resource: task.resource.action });

const withOutput = (type: string, name: `${string}EventDetails`): EventForm<PendingTask, Json> => ({
  type,
  name,
  details: (task, output, text) => ({ ...named(task), output: text(output), outputDetails: NOT_TRUNCATED }),
});

const withFailure = (type: string, name: `${string}EventDetails`): EventForm<PendingTask, Failure> => ({
  type,
  name,
  details: (task, failure) => ({ ...named(task), ...failure }),
});

export const service: TaskFamily = {
  label: (task) => task.resource.service ?? task.resource.arn,
  scheduled: {
    type: 'TaskScheduled',
    name: 'taskScheduledEventDetails',
    details: (task, more, text, { execution }) => ({
      ...named(task),
      region: execution.Id.split(':')[3] ?? '',
      parameters: text(task.parameters),
      ...(more.timeout !== undefined && { timeoutInSeconds: more.timeout }),
      ...(more.heartbeat !== undefined && { heartbeatInSeconds: more.heartbeat }),
      ...(more.roleArn !== undefined && { taskCredentials: { roleArn: more.roleArn } }),
    }),
  },
  started: { type: 'TaskStarted', name: 'taskStartedEventDetails', details: named },
  submitted: withOutput('TaskSubmitted', 'taskSubmittedEventDetails'),
  succeeded: withOutput('TaskSucceeded', 'taskSucceededEventDetails'),
  failed: withFailure('TaskFailed', 'taskFailedEventDetails'),
  timedOut: withFailure('TaskTimedOut', 'taskTimedOutEventDetails'),
};
