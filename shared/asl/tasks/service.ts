/** A service integration: `arn:aws:states:::lambda:invoke`, `….waitForTaskToken`, `….sync`, `aws-sdk:…`. */
import type { PendingTask } from '../types.ts';
import { NOT_TRUNCATED, type TaskFamily } from './define-task-family.ts';

const named = (task: PendingTask) => ({ resourceType: task.resource.service, resource: task.resource.action });

export const service: TaskFamily = {
  label: (task) => task.resource.service ?? task.resource.arn,
  scheduled: (task, text, more) => ({
    type: 'TaskScheduled',
    taskScheduledEventDetails: {
      ...named(task),
      region: more.region(),
      parameters: text,
      ...(more.timeout !== undefined && { timeoutInSeconds: more.timeout }),
      ...(more.heartbeat !== undefined && { heartbeatInSeconds: more.heartbeat }),
      ...(more.roleArn !== undefined && { taskCredentials: { roleArn: more.roleArn } }),
    },
  }),
  started: (task) => ({ type: 'TaskStarted', taskStartedEventDetails: named(task) }),
  taken: () => undefined,
  submitted: (task, output) => ({
    type: 'TaskSubmitted',
    taskSubmittedEventDetails: { ...named(task), output, outputDetails: NOT_TRUNCATED },
  }),
  succeeded: (task, output) => ({
    type: 'TaskSucceeded',
    taskSucceededEventDetails: { ...named(task), output, outputDetails: NOT_TRUNCATED },
  }),
  failed: (task, failure) => ({ type: 'TaskFailed', taskFailedEventDetails: { ...named(task), ...failure } }),
  timedOut: (task, failure) => ({ type: 'TaskTimedOut', taskTimedOutEventDetails: { ...named(task), ...failure } }),
};
